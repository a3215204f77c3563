import {InputError} from "../inputError.js";
import {type Categories, type Column, categoriesOf, isNumbers, type Table} from "./table.js";

/** What labels may say of a row beside whether it is fake. */
const texts = ["kind", "tool"] as const;

/**
 * Labels rows by their client: `fake_traffic` and, where the labels state them, `kind` and `tool`, as a table of labels says
 * of each `client`, from the time `from` to the time `to` where it states them. Rows that no label speaks of stay without
 * one; of several labels, the first counts. Throws an InputError that names `path` where labels lack a column or hold other
 * values.
 */
export function labelRows(labels: Table, path: string): (table: Table) => Table {
  const entries = entriesOf(labels, path);
  return (table) => {
    const {client, timestamp} = table.columns;
    if (client === undefined || isNumbers(client)) {
      throw new InputError(`${path}: nothing to label: rows without a client`);
    }
    const byCode = client.values.map((value) => entries.get(value) ?? []);
    const found = Array.from({length: table.rows}, (_, row) => {
      const time = isNumbers(timestamp) ? timestamp[row]! : Number.NaN;
      return byCode[client.codes[row]!]?.find(({from, to}) => !(time < from) && !(time > to));
    });
    const columns: Record<string, Column> = {
      ...table.columns,
      fake_traffic: Float64Array.from(found, (entry) => entry?.label ?? Number.NaN)
    };
    for (const name of texts) {
      if (labels.columns[name] !== undefined) columns[name] = categoriesOf(found.map((entry) => entry?.[name] ?? null));
    }
    return {rows: table.rows, columns};
  };
}

interface Entry {
  readonly label: number;
  readonly kind: string | null;
  readonly tool: string | null;
  readonly from: number;
  readonly to: number;
}

function entriesOf({rows, columns}: Table, path: string): Map<string, Entry[]> {
  const {client, fake_traffic, kind, tool, from, to} = columns;
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
      tool: tool === undefined ? null : textOf(tool, row),
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
