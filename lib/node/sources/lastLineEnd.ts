import type {Content} from "./content.js";

/** Where the last whole line of a file ends; its size where no line ends among its last 2 MiB. */
export function lastLineEnd(content: Content): number {
  const {size} = content.stat();
  for (let end = size; end > 0 && size - end < longestSearched; end -= pieceBytes) {
    const start = Math.max(0, end - pieceBytes);
    const found = content
      .read(start)!
      .subarray(0, end - start)
      .lastIndexOf(lf);
    if (found >= 0) return start + found + 1;
  }
  return size;
}

const lf = 10;
const [pieceBytes, longestSearched] = [2 ** 16, 2 ** 21];
