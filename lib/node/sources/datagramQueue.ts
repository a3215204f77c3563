/** A datagram that came, and who sent it. */
export interface Datagram {
  readonly bytes: Uint8Array;
  readonly address: string;
  readonly port: number;
}

/** Datagrams that wait to be read, oldest first; what comes while it is full is dropped. */
export class DatagramQueue {
  dropped = 0;
  /** Of those that wait. */
  bytes = 0;
  private readonly slots: (Datagram | undefined)[] = [];
  private first = 0;
  private count = 0;

  constructor(
    private readonly mostBytes = 2 ** 24,
    private readonly most = 2 ** 15
  ) {}

  get length(): number {
    return this.count;
  }

  push(datagram: Datagram): void {
    if (this.count >= this.most || this.bytes + datagram.bytes.length > this.mostBytes) {
      ++this.dropped;
      return;
    }
    this.slots[(this.first + this.count++) % this.most] = datagram;
    this.bytes += datagram.bytes.length;
  }

  shift(): Datagram | undefined {
    if (this.count === 0) return undefined;
    const datagram = this.slots[this.first]!;
    this.slots[this.first] = undefined;
    this.first = (this.first + 1) % this.most;
    --this.count;
    this.bytes -= datagram.bytes.length;
    return datagram;
  }
}
