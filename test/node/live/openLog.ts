import {onTestFinished} from "vitest";
import {EventLog, type EventLogOptions} from "../../../lib/node/live/eventLog.js";

/** An event log that is closed when the test ends. */
export async function openLog(folder: string, options?: EventLogOptions): Promise<EventLog> {
  const log = await EventLog.open(folder, options);
  onTestFinished(() => log.close());
  return log;
}
