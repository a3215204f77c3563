import type {Alert, AlertEvent} from "../../live/alert.js";

/** The changes of alerts that are kept, oldest first; older ones than the first are gone. */
export interface AlertEvents {
  /** Sequences of the oldest that is kept and of the newest; `last` is 0 and `first` 1 when there is none. */
  readonly first: number;
  readonly last: number;
  /** At most `limit` events whose sequence is greater, ascending. */
  after(sequence: number, limit: number): Promise<AlertEvent[]>;
  /** At most `limit` events whose sequence is less, descending. */
  before(sequence: number, limit: number): Promise<AlertEvent[]>;
  /** An alert as of its latest change; null where none is kept. */
  find(id: string): Promise<Alert | null>;
  /** Calls the listener with every event from now on, in order; returns what ends that. */
  subscribe(listener: (event: AlertEvent) => void): () => void;
}
