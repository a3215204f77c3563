/**
 * The bytes in an LZ4 frame, given how many they are. Checksums are not checked. Throws on data that is no frame or does
 * not fit. Format: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md
 */
export function lz4Frame(frame: Uint8Array, length: number): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  if (view.getUint32(0, true) !== 0x184d2204) throw new Error("expected an LZ4 frame");
  const flags = frame[4]!;
  const output = new Uint8Array(length);
  let at = 7 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0);
  let end = 0;
  for (;;) {
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) break;
    const block = frame.subarray(at, at + (size & 0x7fffffff));
    if (size >= 0x80000000) {
      output.set(block, end);
      end += block.length;
    } else end = takeBlock(block, output, end);
    at += block.length + (flags & 16 ? 4 : 0);
  }
  if (end !== length) throw new Error(`expected ${length} bytes, got: ${end}`);
  return output;
}

// Blocks may refer to what the blocks before them have written.
function takeBlock(block: Uint8Array, output: Uint8Array, start: number): number {
  let end = start;
  let at = 0;
  const lengthFrom = (bits: number) => {
    let length = bits;
    if (bits === 15) {
      let byte: number;
      do {
        byte = block[at++] ?? 0;
        length += byte;
      } while (byte === 255);
    }
    return length;
  };
  while (at < block.length) {
    const token = block[at++]!;
    const literals = lengthFrom(token >> 4);
    output.set(block.subarray(at, at + literals), end);
    at += literals;
    end += literals;
    if (at >= block.length) break;
    const offset = block[at]! | (block[at + 1]! << 8);
    at += 2;
    const matched = lengthFrom(token & 15) + 4;
    if (offset === 0 || offset > end || end + matched > output.length) throw new Error("invalid LZ4 block");
    for (const stop = end + matched; end < stop; ++end) output[end] = output[end - offset]!;
  }
  return end;
}
