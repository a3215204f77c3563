import {describeColumn} from "./schema.js";
import {type Table, valueAt} from "./table.js";

/**
 * The table as CSV with a header (RFC 4180): times in ISO 8601 UTC, missing values empty, numbers in full precision. A text
 * or name that a spreadsheet would run as a formula keeps its letters but begins with an apostrophe.
 */
export function tableToCsv(table: Table): string {
  const names = Object.keys(table.columns);
  const isTime = (name: string) => describeColumn(name).type === "time";
  return csvHeader(names) + csvRows(table, names, isTime);
}

/** The line of names that such a CSV begins with. */
export function csvHeader(names: readonly string[]): string {
  return `${names.map(cellOf).join(",")}\r\n`;
}

/** The lines of the rows of the named columns. */
export function csvRows({rows, columns}: Table, names: readonly string[], isTime: (name: string) => boolean): string {
  const cellsOf = names.map((name) => {
    const column = columns[name]!;
    const asTime = isTime(name);
    return (row: number) => {
      const value = valueAt(column, row);
      if (value === null) return "";
      if (typeof value === "string") return cellOf(value);
      return asTime ? timeOf(value) : `${value}`;
    };
  });
  let lines = "";
  for (let row = 0; row < rows; ++row) {
    const line = cellsOf.map((cell) => cell(row)).join(",");
    // An empty line would be no row.
    lines += `${line === "" ? '""' : line}\r\n`;
  }
  return lines;
}

function timeOf(value: number): string {
  return Math.abs(value) <= 8.64e15 ? new Date(value).toISOString() : `${value}`;
}

function cellOf(text: string): string {
  const harmless = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
