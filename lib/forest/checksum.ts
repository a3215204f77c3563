/**
 * A 32-bit checksum of a buffer, whose length is a multiple of 4, leaving out the word at `except`. A change of any one
 * word always changes it. FNV-1a over words (Fowler, Noll, Vo).
 */
export function checksum(buffer: ArrayBuffer, except: number): number {
  const words = new Uint32Array(buffer);
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; ++i) if (i !== except) hash = Math.imul(hash ^ words[i]!, 0x01000193);
  return hash >>> 0;
}
