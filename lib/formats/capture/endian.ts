/** The 16-bit number at a place of bytes, most significant byte first. The place must be within. */
export function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}

/** The 32-bit number at a place of bytes, most significant byte first. The place must be within. */
export function u32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}

/** The 16-bit number at a place of bytes, least significant byte first. The place must be within. */
export function u16Little(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8);
}

/** The 32-bit number at a place of bytes, least significant byte first. The place must be within. */
export function u32Little(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}
