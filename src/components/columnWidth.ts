/**
 * The width of the page’s column once it has one. While styles load it is 0, and a cell that waits for this draws nothing
 * until Framework runs it again with the real width.
 */
export function columnWidth(width: number): Promise<number> {
  return width > 0 ? Promise.resolve(width) : new Promise(() => {});
}
