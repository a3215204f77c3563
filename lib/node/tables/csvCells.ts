/** Whether a cell among numbers says that its value is missing: it is blank, or one of the marks that tools write. */
export function isMissing(cell: string): boolean {
  return cell === "" || missingMarks.has(cell.trim());
}

const missingMarks = new Set(["", "NA", "N/A", "NaN", "nan", "null", "NULL", "None"]);

/**
 * The finite number in a cell in decimal notation, NaN for any other text. Number alone would also read 0x10 and blanks.
 * With decimal commas, 1,5 is a number as 1.5 is.
 */
export function numberFrom(cell: string, hasDecimalCommas = false): number {
  const value = Number(hasDecimalCommas && /^[^.,]*,[^.,]*$/.test(cell) ? cell.replace(",", ".") : cell);
  return Number.isFinite(value) && !/^\s*(0[xob]|$)/i.test(cell) ? value : Number.NaN;
}

/** As numberFrom, but NaN for a whole number that a double cannot hold: it names something, and would name another. */
export function exactFrom(cell: string, hasDecimalCommas = false): number {
  const value = numberFrom(cell, hasDecimalCommas);
  return Math.abs(value) > Number.MAX_SAFE_INTEGER && /^\s*[-+]?\d+\s*$/.test(cell) ? Number.NaN : value;
}

/** As numberFrom of the text that stands in bytes of UTF-8 from `start` to before `end`, and faster for most numbers. */
export function numberIn(bytes: Buffer, start: number, end: number, hasDecimalCommas = false): number {
  const sign = bytes[start];
  const first = sign === minus || sign === plus ? start + 1 : start;
  let digits = 0;
  let point = -1;
  let i = first;
  for (; i < end; ++i) {
    const byte = bytes[i]!;
    if (byte >= zero && byte <= nine) digits = 10 * digits + (byte - zero);
    else if (point < 0 && (byte === fullStop || (byte === comma && hasDecimalCommas))) point = i;
    else break;
  }
  const decimals = point < 0 ? 0 : end - point - 1;
  const hasDigits = end - first > (point < 0 ? 0 : 1);
  // Doubles hold both parts of such a ratio, so that it is the one nearest to the number (Clinger 1990).
  if (i === end && hasDigits && digits <= Number.MAX_SAFE_INTEGER && decimals < powersOfTen.length) {
    const value = digits / powersOfTen[decimals]!;
    return sign === minus ? -value : value;
  }
  return numberFrom(bytes.toString("utf8", start, end), hasDecimalCommas);
}

const [plus, comma, minus, fullStop, zero, nine] = [43, 44, 45, 46, 48, 57];
const powersOfTen = Float64Array.from({length: 23}, (_, i) => Number(`1e${i}`));

/** As exactFrom of the text that stands in bytes of UTF-8 from `start` to before `end`. */
export function exactIn(bytes: Buffer, start: number, end: number, hasDecimalCommas = false): number {
  const value = numberIn(bytes, start, end, hasDecimalCommas);
  const isLarge = Math.abs(value) > Number.MAX_SAFE_INTEGER;
  return isLarge ? exactFrom(bytes.toString("utf8", start, end), hasDecimalCommas) : value;
}

/**
 * The UTC milliseconds of ISO 8601 with a zone, of a date alone, which the standard reads as UTC, or of a number; NaN for
 * any other text. A time without a zone would depend on the machine, and Date.parse would take February 30 for March 2.
 */
export function timeFrom(cell: string): number {
  const time = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[-+]\d\d:?\d\d))?$/.exec(cell.trim());
  if (time === null) return new Date(numberFrom(cell)).getTime();
  return new Date(time[1]!).toJSON()?.startsWith(time[1]!) ? Date.parse(time[0]) : Number.NaN;
}
