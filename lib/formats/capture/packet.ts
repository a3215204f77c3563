/**
 * A packet while its layers are taken off: the bytes that are left of it, and what is known so far. The same object serves
 * every packet.
 */
export class Packet {
  /** UTC milliseconds. */
  time = 0;
  bytes: Uint8Array = new Uint8Array();
  start = 0;
  end = 0;
  /** Bytes that were on the wire after `end` but not captured. */
  missing = 0;

  /**
   * Whose packet it is: source address (4 words, of IPv4 the first alone), destination address, ports (source in the upper
   * half), and protocol with `isIpv6` and `hasPorts`.
   */
  readonly key = new Uint32Array(keyWords);
  /** Bytes from the IP header on, as on the wire. */
  length = 0;
  /** Of TCP, the flags FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32; 0 where they were not captured. */
  flags = 0;
  /** Of TCP, the sequence number, in one place. */
  readonly sequence = new Uint32Array(1);

  /** Whether it is the first of several fragments, at least of one of its tunnels. */
  isFirstFragment = false;
  /** Which fragments belong together: addresses, identification, and protocol or `isIpv6`. */
  readonly fragmentKey = new Uint32Array(keyWords);

  begin(bytes: Uint8Array, start: number, end: number, missing: number, time: number): void {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.missing = missing;
    this.time = time;
    this.flags = 0;
    this.isFirstFragment = false;
  }
}

/** Words of a packet’s key. */
export const keyWords = 10;
/** Where in a key the ports stand, and the protocol. */
export const [portsAt, protocolAt] = [8, 9] as const;
/** In the word of a key’s protocol: the addresses are of IPv6. */
export const isIpv6 = 256;
/** In the word of a key’s protocol: the ports are known. */
export const hasPorts = 512;
