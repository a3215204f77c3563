import {flowWords, hashAt, keyAt, type OpenFlows} from "./openFlows.js";
import {isIpv6, portsAt, protocolAt} from "./packet.js";

/** Finds open flows by the key of a packet in either direction: open addressing, at most half full. */
export class FlowIndex {
  /** Of the flow that was found: 0 where the packet is from its source, 1 from its destination. */
  direction: 0 | 1 = 0;
  // Of each place, the flow plus 1 (0: none) and the hash of its key.
  private places = new Uint32Array(2 * 512);
  private mask = 511;
  private count = 0;

  /** The seed is to be something that senders of packets cannot choose, lest they choose keys that collide. */
  constructor(
    private readonly flows: OpenFlows,
    private readonly seed: number
  ) {}

  /** A hash of a key that is the same in both directions. */
  hashOf(key: Uint32Array): number {
    const {seed} = this;
    const ports = key[portsAt]!;
    let source = mix(seed ^ (ports >>> 16), key[0]!);
    let destination = mix(seed ^ (ports & 0xffff), key[4]!);
    if ((key[protocolAt]! & isIpv6) !== 0) {
      source = mix(mix(mix(source, key[1]!), key[2]!), key[3]!);
      destination = mix(mix(mix(destination, key[5]!), key[6]!), key[7]!);
    }
    return mix(source + destination, key[protocolAt]!) >>> 0;
  }

  /** The flow of a key and its hash, −1 where there is none. */
  find(key: Uint32Array, hash: number): number {
    const {places, mask} = this;
    const {words} = this.flows;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const flow = places[2 * place]! - 1;
      if (flow < 0) return -1;
      if (places[2 * place + 1] !== hash) continue;
      const at = flowWords * flow + keyAt;
      if (words[at + protocolAt] !== key[protocolAt]) continue;
      const ports = key[portsAt]!;
      if (words[at + portsAt] === ports && hasSides(words, at, key, 0)) {
        this.direction = 0;
        return flow;
      }
      if (words[at + portsAt] === swapPorts(ports) && hasSides(words, at, key, 4)) {
        this.direction = 1;
        return flow;
      }
    }
  }

  /** Adds a flow whose words have the hash. */
  add(flow: number): void {
    if (2 * ++this.count > this.mask) this.grow();
    this.put(flow + 1, this.flows.words[flowWords * flow + hashAt]!);
  }

  delete(flow: number): void {
    const {places, mask} = this;
    let gap = this.flows.words[flowWords * flow + hashAt]! & mask;
    while (places[2 * gap] !== flow + 1) gap = (gap + 1) & mask;
    // Those behind move up, unless that would put them before the place where they are looked for.
    for (let place = (gap + 1) & mask; places[2 * place] !== 0; place = (place + 1) & mask) {
      const wanted = places[2 * place + 1]! & mask;
      if (((place - wanted) & mask) < ((place - gap) & mask)) continue;
      places[2 * gap] = places[2 * place]!;
      places[2 * gap + 1] = places[2 * place + 1]!;
      gap = place;
    }
    places[2 * gap] = 0;
    --this.count;
  }

  private grow(): void {
    const old = this.places;
    this.places = new Uint32Array(2 * old.length);
    this.mask = 2 * this.mask + 1;
    for (let i = 0; i < old.length; i += 2) if (old[i] !== 0) this.put(old[i]!, old[i + 1]!);
  }

  private put(value: number, hash: number): void {
    const {places, mask} = this;
    let place = hash & mask;
    while (places[2 * place] !== 0) place = (place + 1) & mask;
    places[2 * place] = value;
    places[2 * place + 1] = hash;
  }
}

/** Source and destination port the other way round. */
export function swapPorts(ports: number): number {
  return ((ports << 16) | (ports >>> 16)) >>> 0;
}

/** Whether a flow’s source address is that of the key `from` 0 (its source) or 4 (its destination), and vice versa. */
function hasSides(words: Uint32Array, at: number, key: Uint32Array, from: number): boolean {
  for (let i = 0; i < 4; ++i) {
    if (words[at + i] !== key[from + i] || words[at + 4 + i] !== key[4 - from + i]) return false;
  }
  return true;
}

/** A round of MurmurHash3, https://github.com/aappleby/smhasher, with its final shift. */
function mix(hash: number, word: number): number {
  const scrambled = Math.imul(word, 0xcc9e2d51);
  const mixed = hash ^ Math.imul((scrambled << 15) | (scrambled >>> 17), 0x1b873593);
  const result = Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64;
  return result ^ (result >>> 16);
}
