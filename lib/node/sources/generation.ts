import type {Fingerprint} from "./fingerprint.js";
import type {Mark} from "./logReader.js";

/** A content that began at some moment in the followed file, wherever it is now, and how far it has been read. */
export interface Generation {
  fingerprint: Fingerprint;
  /** The file that it was in last. */
  id: string;
  /** The name of its format; null where it is not known yet. */
  format: string | null;
  mark: Mark;
  /** When its first record was written, by which generations are ordered; NaN where none tells. */
  readonly time: number;
  /** What is before this offset is not handed on. */
  readonly skipTo: number;
  /** A file that held it and was cut, so that it holds another now, though it may begin so. */
  cutIn: string | null;
  /** Whether a newer one has followed. What is written into it nevertheless is read all the same. */
  isOver: boolean;
}
