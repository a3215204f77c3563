import type {Format} from "../../formats/format.js";
import type {RecordReceiver} from "../../formats/recordReader.js";
import type {SourceState} from "../../live/liveState.js";

/** Traffic that goes on: a log that grows, the standard input, a flow export. */
export interface Source {
  /** As the user named it. */
  readonly name: string;
  /**
   * Hands on what has come, at most about `most` bytes of it, and tells whether there is more right now. Records are handed
   * on before the promise settles; where it stands then is what `save` tells. What cannot be read is a fault of the state and
   * tried again by the next call, never an error.
   */
  read(most: number): Promise<"more" | "idle" | "ended">;
  state(): SourceState;
  /** Where it stands and what it has counted, as data for `v8.serialize`; null where it cannot go back. */
  save(): unknown;
  close(): Promise<void>;
}

/** Takes the records of a source. */
export interface SourceReceiver extends Pick<RecordReceiver, "request" | "flow"> {
  /**
   * A file or an exporter begins: what follows is of it until the next `begin`. Throws an InputError where it gives no records
   * of the kind that is watched; the source then says so in its state and passes the file over.
   */
  begin(file: string, format: Format): void;
  /** Nothing more has come for some seconds, of a source that cannot be read again: what waits for more need not wait. */
  quiet?(): void;
}

/** Opens a source: where it was saved, it goes on from there. */
export type OpenSource = (receiver: SourceReceiver, saved?: unknown) => Promise<Source>;
