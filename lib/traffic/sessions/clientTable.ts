/**
 * Numbers clients by the 64-bit hash of who they are: open addressing with linear probing, where removing moves later
 * entries back, so that a long stream leaves nothing behind. Numbers are used again.
 */
export class ClientTable {
  /** Numbers in use or used before are below this. */
  used = 0;
  private capacity = 1024;
  /** Low and high half of each one’s hash. */
  private keys: Int32Array = new Int32Array(2 * this.capacity);
  private free: number[] = [];
  /** A number plus 1 in each place, 0 where there is none. */
  private places: Int32Array = new Int32Array(2 * this.capacity);

  /** The client’s number, −1 where there is none. */
  find(low: number, high: number): number {
    const {places, keys} = this;
    const mask = places.length - 1;
    for (let i = low & mask; ; i = (i + 1) & mask) {
      const client = places[i]! - 1;
      if (client < 0 || (keys[2 * client] === low && keys[2 * client + 1] === high)) return client;
    }
  }

  /** A number for a client that has none. */
  add(low: number, high: number): number {
    const client = this.free.pop() ?? this.used++;
    if (client === this.capacity) this.grow();
    this.keys[2 * client] = low;
    this.keys[2 * client + 1] = high;
    this.place(client);
    return client;
  }

  remove(client: number): void {
    const {places, keys} = this;
    const mask = places.length - 1;
    let hole = keys[2 * client]! & mask;
    while (places[hole] !== client + 1) hole = (hole + 1) & mask;
    for (let i = (hole + 1) & mask; places[i] !== 0; i = (i + 1) & mask) {
      const home = keys[2 * (places[i]! - 1)]! & mask;
      // What stands between its home and here may move back to the hole only when the hole is not before its home.
      if (((i - home) & mask) < ((i - hole) & mask)) continue;
      places[hole] = places[i]!;
      hole = i;
    }
    places[hole] = 0;
    this.free.push(client);
  }

  private place(client: number): void {
    const mask = this.places.length - 1;
    let i = this.keys[2 * client]! & mask;
    while (this.places[i] !== 0) i = (i + 1) & mask;
    this.places[i] = client + 1;
  }

  private grow(): void {
    const {keys, capacity} = this;
    this.capacity = 2 * capacity;
    this.keys = new Int32Array(2 * this.capacity);
    this.keys.set(keys);
    this.places = new Int32Array(2 * this.capacity);
    // All numbers are in use: a table grows only then.
    for (let client = 0; client < capacity; ++client) this.place(client);
  }
}
