/** Whether a cell says nothing, so that its value is missing. */
export function isEmpty(cell: string): boolean {
  return cell === "" || cell.trim() === "";
}

/** The finite number in a cell in decimal notation, NaN for any other text. Number alone would also read 0x10 and blanks. */
export function numberFrom(cell: string): number {
  const value = Number(cell);
  return Number.isFinite(value) && !/^\s*(0[xob]|$)/i.test(cell) ? value : Number.NaN;
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
