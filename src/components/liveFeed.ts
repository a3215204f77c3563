import type {AlertEvent} from "../lib/live/alert.js";
import type {WatchState} from "../lib/live/liveState.js";

/** Takes what is told of a watch, by a server or by a recording. */
export interface LiveListener {
  state(state: WatchState): void;
  /** Changes of alerts; some may have come before. */
  events(events: readonly AlertEvent[]): void;
  /** All alerts so far are to be forgotten: what follows begins anew. */
  reset(): void;
  connection(connection: Connection): void;
}

/** How the page stands to what it shows. */
export interface Connection {
  /** `lost`: what is shown is old, and it is tried again. */
  readonly status: "connecting" | "connected" | "lost" | "replay";
  /** What is wrong, in words; null where nothing is. */
  readonly reason: string | null;
  /** By the clock of this machine, UTC milliseconds. */
  readonly since: number;
}
