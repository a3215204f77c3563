import {keyWords, type Packet} from "./packet.js";

/**
 * Remembers whose the first fragments were, so that later ones, which state no ports, count into the same flow. It holds
 * 4,096 of them: one that is pushed out, is older than 30 s or comes after its later ones leaves these to a flow without ports.
 */
export class Fragments {
  // Of each place, the fragments’ key, then the packet’s.
  private readonly words = new Uint32Array(places * 2 * keyWords);
  private readonly times = new Float64Array(places).fill(Number.NaN);

  /** Remembers the key of a packet by that of its first fragment. */
  remember({fragmentKey, key, time}: Packet): void {
    const place = placeOf(fragmentKey);
    this.words.set(fragmentKey, place * 2 * keyWords);
    this.words.set(key, place * 2 * keyWords + keyWords);
    this.times[place] = time;
  }

  /** Gives a later fragment the key of its first, where that is known. */
  resolve({fragmentKey, key, time}: Packet): void {
    const place = placeOf(fragmentKey);
    if (!(Math.abs(time - this.times[place]!) <= longest)) return;
    const at = place * 2 * keyWords;
    for (let i = 0; i < keyWords; ++i) if (this.words[at + i] !== fragmentKey[i]) return;
    for (let i = 0; i < keyWords; ++i) key[i] = this.words[at + keyWords + i]!;
  }
}

const places = 4096;
const longest = 30_000;

function placeOf(fragmentKey: Uint32Array): number {
  let hash = 0;
  for (let i = 0; i < keyWords; ++i) hash = Math.imul(hash ^ fragmentKey[i]!, 0x85ebca6b) ^ (hash >>> 15);
  return (hash ^ (hash >>> 16)) & (places - 1);
}
