import type {OpenReader} from "./recordReader.js";

/** A log format: how its files are recognised, what they hold and how they are read. */
export interface Format {
  /** As `eddy inspect` prints it, such as `combined` or `zeek-conn`. */
  readonly name: string;
  /** For people, such as “Apache combined log”. */
  readonly title: string;
  /** What its records are; `other` for a log that is known but holds neither requests nor flows. */
  readonly holds: "requests" | "flows" | "requests and flows" | "other";
  /** What counts as one of its records. */
  readonly unit: "line" | "packet";
  /** Whether a file that begins so is of this format. Content decides, never a file’s name. */
  readonly matches: (head: Head) => boolean;
  readonly open: OpenReader;
}

/** The beginning of a file, uncompressed: up to 64 KiB. */
export interface Head {
  readonly bytes: Uint8Array;
  /** Its lines as text, without line ends and without empty ones; the last is left out where the head cuts it. */
  readonly lines: readonly string[];
}

/** How many bytes of a file’s beginning are looked at. */
export const headBytes = 2 ** 16;

/** The head that a file’s first bytes make; `isWhole` where there are no more. */
export function headOf(bytes: Uint8Array, isWhole: boolean): Head {
  const head = bytes.subarray(0, headBytes);
  const lines = new TextDecoder().decode(head).split(/\r?\n/);
  if (!isWhole || bytes.length > headBytes) lines.pop();
  return {bytes: head, lines: lines.filter((line) => line.trim() !== "")};
}
