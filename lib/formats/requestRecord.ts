import {type Text, TextRecord} from "./textRecord.js";

/** The texts of a request, in the order of their places in a record. */
export const requestTexts = ["client", "forwarded", "user", "method", "target", "referrer", "agent", "host"] as const;

/** Where each text of a request stands in its record. */
export const requestText = Object.fromEntries(requestTexts.map((name, place) => [name, place])) as Readonly<
  Record<(typeof requestTexts)[number], Text>
>;

/**
 * One request of a web access log. A reader fills the same record for every line: it holds during the call that hands it
 * over. Texts that the log does not state are missing; escapes are undone, and nothing else of a text is changed.
 *
 * - `client`: the peer’s address or name; `forwarded`: the whole of X-Forwarded-For; `user`: who has logged in.
 * - `method`, `target`: as the request line states them; a request line that is none (`\x03`) is all target, without method.
 * - `host`: the site asked for, with its port where the log has one.
 */
export class RequestRecord extends TextRecord {
  /** UTC milliseconds. */
  time = Number.NaN;
  /** Minutes that the log’s clock is ahead of UTC, 0 where the log does not say. */
  zone = 0;
  /** HTTP status, 0 where the log does not say. */
  status = 0;
  /** Bytes sent, NaN where the log does not say. */
  size = Number.NaN;

  constructor() {
    super(requestTexts.length);
  }

  override clear(): void {
    super.clear();
    this.time = Number.NaN;
    this.zone = 0;
    this.status = 0;
    this.size = Number.NaN;
  }
}
