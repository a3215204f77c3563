import type {EventLog} from "./eventLog.js";
import type {LiveOptions} from "./liveOptions.js";
import type {Delivery} from "./outputs/delivery.js";

/** Opens all that alerts are told to. */
export async function openOutputs(_options: LiveOptions, _events: EventLog, _folder: string): Promise<Delivery[]> {
  return [];
}
