import {TextHash} from "../traffic/sessions/textHash.js";

/**
 * Ids of alerts: 16 hexadecimal digits, a hash of 64 bits of what tells an alert from others whatever file it stands in, of
 * the clock when it was raised and of how many were raised at that clock before. Should the hash be that of one of the last
 * 4,096 alerts, a number that counts up is hashed with it.
 */
export class AlertIds {
  private readonly recent = new Set<string>();
  private clock = Number.NaN;
  private raisedAtClock = 0;

  /** The id of a new alert, of these texts and numbers. */
  take(parts: readonly (string | number | null)[], clock: number): string {
    if (clock !== this.clock) this.raisedAtClock = 0;
    this.clock = clock;
    const all = [...parts, clock, this.raisedAtClock++];
    let id = hashOf(all, 0);
    for (let attempt = 1; this.recent.has(id); ++attempt) id = hashOf(all, attempt);
    if (this.recent.size >= mostRecent) this.recent.delete(this.recent.values().next().value!);
    this.recent.add(id);
    return id;
  }
}

const mostRecent = 4096;

function hashOf(parts: readonly (string | number | null)[], attempt: number): string {
  const hash = new TextHash();
  const bytes = new TextEncoder().encode(JSON.stringify([...parts, attempt]));
  hash.begin();
  hash.add(bytes, 0, bytes.length);
  hash.end();
  return hex(hash.high) + hex(hash.low);
}

function hex(bits: number): string {
  return (bits >>> 0).toString(16).padStart(8, "0");
}
