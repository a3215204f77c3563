/** Whether nothing but spaces and tabs stands in a line. */
export function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; ++i) if (bytes[i] !== space && bytes[i] !== tab) return false;
  return true;
}

const [tab, space] = [9, 32];
