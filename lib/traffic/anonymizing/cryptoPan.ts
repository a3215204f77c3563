import {ecb} from "@noble/ciphers/aes.js";
import type {AddressBytes} from "../../geo/address.js";

/** A pseudonym of an address, of which the first `kept` bits stay as they are. */
export type PrefixPreserving = (address: AddressBytes, kept?: number) => AddressBytes;

/**
 * Crypto-PAn (Xu, Fan, Ammar and Moon, “Prefix-preserving IP address anonymization”, ICNP 2002) by a key of 32 bytes, for
 * IPv4 and IPv6: addresses that share their first k bits, and no more, get pseudonyms that share their first k bits, and no
 * more. Different addresses get different pseudonyms. Each bit is flipped or not by a bit of AES-128 over those before it.
 */
export function cryptoPan(key: Uint8Array): PrefixPreserving {
  if (key.length !== 32) throw new RangeError(`expected a key of 32 bytes, got: ${key.length}`);
  const encrypt = (blocks: Uint8Array) => ecb(key.subarray(0, 16), {disablePadding: true}).encrypt(blocks);
  const pad = encrypt(key.slice(16));
  return (address, kept = 0) => {
    const bits = 8 * address.length;
    const blocks = new Uint8Array(16 * Math.max(0, bits - kept));
    for (let bit = kept, at = 0; bit < bits; ++bit) {
      const whole = bit >> 3;
      const ofAddress = 0xff00 >> (bit & 7);
      for (let i = 0; i < 16; ++i) {
        const mask = i < whole ? 0xff : i === whole ? ofAddress : 0;
        blocks[at++] = (address[i]! & mask) | (pad[i]! & ~mask);
      }
    }
    const cipher = encrypt(blocks);
    const pseudonym = Uint8Array.from(address);
    for (let bit = kept; bit < bits; ++bit) pseudonym[bit >> 3]! ^= (cipher[16 * (bit - kept)]! & 128) >> (bit & 7);
    return pseudonym;
  };
}
