import type {AlertEvent} from "../../../live/alert.js";
import type {OutputState} from "../../../live/liveState.js";
import type {AlertEvents} from "../alertEvents.js";

/** Where alerts are told: a file, a webhook, a syslog server. */
export interface Output {
  /** As it is shown, without secrets. */
  readonly name: string;
  readonly kind: OutputState["kind"];
  /** Tells it from all others, also in the next run; may hold secrets. */
  readonly identity: string;
  /** `raised` and `closed` as a window of silence lets them through, one at a time; or every event, many at a time. */
  readonly tells: "alerts" | "events";
  /**
   * The sequence to go on after, of which `cursor` remembers what this output was told last; null if it was never told
   * anything. What it must not begin with is an error.
   */
  start?(cursor: number | null, events: AlertEvents): Promise<number>;
  /**
   * Tells them; throws where that did not work. They then come again, so that what is told must be recognisable by its
   * sequence or id.
   */
  deliver(told: readonly Told[], signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** An event to tell. */
export interface Told {
  readonly event: AlertEvent;
  /** How many alerts of the same client were not told before it. */
  readonly silenced: number;
}

/** Why something could not be delivered. */
export class DeliveryFault extends Error {
  override name = "DeliveryFault";
  /** `wait`: milliseconds that the receiver asks for; `isRefused`: it does not want this very event. */
  constructor(
    message: string,
    readonly more: {readonly wait?: number; readonly isRefused?: boolean} = {}
  ) {
    super(message);
  }
}
