import type {LiveState} from "../../live/liveState.js";
import type {AlertEvents} from "../live/alertEvents.js";

/** What the server tells of a watch. */
export interface LiveFeed {
  state(): LiveState;
  readonly events: AlertEvents;
}
