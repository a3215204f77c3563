import {ClientTable} from "../traffic/sessions/clientTable.js";
import {Recency} from "../traffic/sessions/recency.js";

/**
 * The hosts seen in the last half hour (up to a minute longer), by the hashes of LiveRows; at most 131,072, beyond which the
 * one that was silent longest is forgotten.
 */
export class HostsSeen {
  private readonly table = new ClientTable();
  private readonly recency = new Recency(30 * 60_000);

  get size(): number {
    return this.recency.size;
  }

  /** Takes a flow of a host, at a clock that never falls; returns whether the host is new. */
  add(hash: number, clock: number): boolean {
    const {table, recency} = this;
    for (let host = recency.takeSilent(clock); host >= 0; host = recency.takeSilent(clock)) table.remove(host);
    const high = Math.floor(hash / 2 ** 32) | 0;
    const known = table.find(hash | 0, high);
    if (known >= 0) {
      recency.touch(known, clock);
      return false;
    }
    if (recency.size >= mostHosts) table.remove(recency.takeOldest());
    recency.add(table.add(hash | 0, high), clock);
    return true;
  }
}

const mostHosts = 2 ** 17;
