/**
 * Whether the first lines of a file are text that is no table of comma-, semicolon- or tab-separated values: more than half
 * of those behind the first are of three words or more and, where the first has several cells, have not as many, or a quote
 * stands within a name. What follows a single word may be its column, unless a quote stands within a line. False where a
 * quote stays open at a line’s end, as a cell may go on behind it, and for bytes that are no text.
 */
export function isProse(lines: readonly string[]): boolean {
  if (lines.some((line) => /[\0\ufffd]/.test(line) || count(line, '"') % 2 === 1)) return false;
  if (isSentence(lines[0] ?? "") && hasStrayQuote(lines[0]!)) return true;
  const [header = "", ...others] = lines.map((line) => line.replace(/"[^"]*"/g, ""));
  const delimiter = [",", ";", "\t"].reduce((best, other) =>
    count(header, other) > count(header, best) ? other : best
  );
  const cells = count(header, delimiter);
  const mayBeColumn = /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(header) && !lines.some(hasStrayQuote);
  const isRow = (line: string) => (cells > 0 || mayBeColumn) && count(line, delimiter) === cells;
  return 2 * others.filter((line) => !isRow(line) && isSentence(line)).length > others.length;
}

/** Whether it is of three words or more. */
function isSentence(line: string): boolean {
  return /\S\s+\S+\s+\S/.test(line);
}

/** Whether there is a quote that neither encloses a whole cell nor is doubled within one. */
function hasStrayQuote(line: string): boolean {
  return line.replace(/(^|[,;\t])"([^"]|"")*"(?=[,;\t]|$)/g, "$1").includes('"');
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
