import {describeColumn} from "./schema.js";
import {type Table, valueAt} from "./table.js";

/**
 * The table as CSV with a header (RFC 4180): times in ISO 8601 UTC, missing values empty, numbers in full precision. A text
 * or name that a spreadsheet would run as a formula keeps its letters but begins with an apostrophe.
 */
export function tableToCsv(table: Table): string {
  const names = Object.keys(table.columns);
  const columns = Object.values(table.columns);
  const isTime = names.map((name) => describeColumn(name).type === "time");
  const lines = [names.map(cellOf).join(",")];
  for (let row = 0; row < table.rows; ++row) {
    lines.push(
      columns
        .map((column, j) => {
          const value = valueAt(column, row);
          if (value === null) return "";
          if (typeof value === "string") return cellOf(value);
          return isTime[j] ? new Date(value).toISOString() : `${value}`;
        })
        .join(",")
    );
  }
  return `${lines.join("\r\n")}\r\n`;
}

function cellOf(text: string): string {
  const harmless = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
