import {InputError} from "../inputError.js";
import {type Categories, type Column, isNumbers, type Table} from "./table.js";

/**
 * Labels rows by their client: `fake_traffic` and, where the labels state it, `kind`, as a table of labels says of each
 * `client`, from the time `from` to the time `to` where it states them. Rows that no label speaks of stay without one; of
 * several labels, the first counts. Throws an InputError that names `path` where labels lack a column or hold other values.
 */
export function labelRows(labels: Table, path: string): (table: Table) => Table {
  const entries = entriesOf(labels, path);
  return (table) => {
    const {client, timestamp} = table.columns;
    if (client === undefined || isNumbers(client))
      throw new InputError(`${path}: nothing to label: rows without a client`);
    const byCode = client.values.map((value) => entries.get(value) ?? []);
    const label = new Float64Array(table.rows).fill(Number.NaN);
    const kinds: string[] = [];
    const kind = new Int32Array(table.rows).fill(-1);
    for (let row = 0; row < table.rows; ++row) {
      const time = isNumbers(timestamp) ? timestamp[row]! : Number.NaN;
      const entry = byCode[client.codes[row]!]?.find(({from, to}) => !(time < from) && !(time > to));
      if (entry === undefined) continue;
      label[row] = entry.label;
      if (entry.kind === null) continue;
      if (!kinds.includes(entry.kind)) kinds.push(entry.kind);
      kind[row] = kinds.indexOf(entry.kind);
    }
    const columns: Record<string, Column> = {...table.columns, fake_traffic: label};
    if (labels.columns.kind !== undefined) columns.kind = {codes: kind, values: kinds};
    return {rows: table.rows, columns};
  };
}

interface Entry {
  readonly label: number;
  readonly kind: string | null;
  readonly from: number;
  readonly to: number;
}

function entriesOf({rows, columns}: Table, path: string): Map<string, Entry[]> {
  const {client, fake_traffic, kind, from, to} = columns;
  if (client === undefined) throw new InputError(`${path}: missing column: client`);
  if (!isNumbers(fake_traffic)) throw new InputError(`${path}: missing column: fake_traffic`);
  const entries = new Map<string, Entry[]>();
  for (let row = 0; row < rows; ++row) {
    const label = fake_traffic[row]!;
    if (label !== 0 && label !== 1) throw new InputError(`${path}: invalid fake_traffic, expected 0 or 1: ${label}`);
    const name = textOf(client, row);
    if (name === null) continue;
    const list = entries.get(name) ?? [];
    list.push({
      label,
      kind: kind === undefined ? null : textOf(kind, row),
      from: timeOf(from, row, path, "from"),
      to: timeOf(to, row, path, "to")
    });
    entries.set(name, list);
  }
  return entries;
}

function textOf(column: Column, row: number): string | null {
  if (isNumbers(column)) return Number.isNaN(column[row]!) ? null : `${column[row]}`;
  return (column as Categories).values[column.codes[row]!] ?? null;
}

function timeOf(column: Column | undefined, row: number, path: string, name: string): number {
  if (column === undefined) return Number.NaN;
  if (isNumbers(column)) return column[row]!;
  const text = column.values[column.codes[row]!];
  const time = text === undefined ? Number.NaN : Date.parse(text);
  if (text !== undefined && Number.isNaN(time)) throw new InputError(`${path}: invalid ${name}: ${text}`);
  return time;
}
