import type {FlowRecord} from "./flowRecord.js";
import type {RequestRecord} from "./requestRecord.js";

/**
 * Reads the bytes of one file, uncompressed, piece by piece. A reader is total: it never throws, whatever the bytes; each
 * line or packet is handed to the receiver exactly once, as a record, a packet, a reject or something passed over.
 */
export interface RecordReader {
  /** Takes the next bytes, which may end anywhere; the reader keeps none of this array after the call. */
  push(bytes: Uint8Array): void;
  /** Ends the file: an unfinished last line or packet is taken or rejected. */
  end(): void;
}

/** Receives what a reader finds, in the order of the file. */
export interface RecordReceiver {
  request(record: RequestRecord): void;
  flow(record: FlowRecord): void;
  /** A packet that became part of a flow, which is handed over when it closes; only captures have packets. */
  packet(): void;
  /**
   * A line or packet that gives no record, and why, in a few words that do not quote the input (“no time”), so that rejects
   * of one reason count together; `sample` is the line itself, as much of it as helps, or empty.
   */
  reject(line: number, reason: string, sample: string): void;
  /** A line or packet that is none by design: a header, a comment, an event of another type; `what` names it in a few words. */
  passOver(what: string): void;
}

/** Makes a reader that hands over to the receiver. */
export type OpenReader = (receiver: RecordReceiver) => RecordReader;
