import {createHash} from "node:crypto";

/** Tells a content by its first bytes, wherever they are now. */
export interface Fingerprint {
  /** How many bytes, at most 1,024; fewer of a content that was shorter. */
  readonly length: number;
  readonly hash: string;
}

/** The fingerprint of a content that begins so, of its first `length` bytes. */
export function fingerprintOf(head: Uint8Array, length = Math.min(head.length, mostBytes)): Fingerprint {
  return {length, hash: createHash("sha256").update(head.subarray(0, length)).digest("base64").slice(0, 24)};
}

/** Whether a content that begins so may be the one of the fingerprint. */
export function isOf(head: Uint8Array, {length, hash}: Fingerprint): boolean {
  return length > 0 && head.length >= length && fingerprintOf(head, length).hash === hash;
}

/** Bytes of the longest fingerprint. */
export const mostBytes = 1024;
