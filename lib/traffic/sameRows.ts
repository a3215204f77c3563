import {isNumbers, type Table} from "./table.js";
import {describeSource, type Source} from "./traffic.js";

/** Where rows come from, and how many of them are kept. */
export interface Kept {
  readonly source: Source;
  readonly rows: {readonly kept: number};
}

/**
 * Why two experiments cannot have the same rows, in words about the second; null when nothing speaks against it: they
 * read the same source, and keep as many of its rows.
 */
export function differentOrigin(first: Kept, second: Kept): string | null {
  if (canonical(first.source) !== canonical(second.source)) {
    const name = describeSource(second.source);
    return describeSource(first.source) === name ? `other traffic of the same name, ${name}` : `other traffic, ${name}`;
  }
  if (first.rows.kept === second.rows.kept) return null;
  return `keeps ${second.rows.kept.toLocaleString("en-US")} rows, not ${first.rows.kept.toLocaleString("en-US")}`;
}

/**
 * The column that shows that rows of one source are not the same, or null when they are: time and line of the source, as
 * far as both have them, otherwise every column of both but the results.
 */
export function differentColumn(first: Table, second: Table): string | null {
  const isShared = (name: string) => Object.hasOwn(second.columns, name);
  const keys = ["source_line", "timestamp"].filter((name) => Object.hasOwn(first.columns, name) && isShared(name));
  const all = Object.keys(first.columns).filter((name) => isShared(name) && !results.includes(name));
  return (keys.length > 0 ? keys : all).find((name) => !isSameColumn(first, second, name)) ?? null;
}

const results = ["anomaly_score", "anomaly"];

function isSameColumn(first: Table, second: Table, name: string): boolean {
  const a = first.columns[name]!;
  const b = second.columns[name]!;
  if (first.rows !== second.rows) return false;
  if (isNumbers(a) && isNumbers(b)) return a.every((value, row) => Object.is(value, b[row]));
  if (isNumbers(a) || isNumbers(b)) return false;
  return a.codes.every((code, row) => a.values[code] === b.values[b.codes[row]!]);
}

// Objects with their keys in order, so that the order in which a loader names them means nothing.
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part
  );
}
