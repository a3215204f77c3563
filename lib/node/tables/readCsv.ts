import {InputError} from "../../inputError.js";
import {tableOf} from "../../traffic/table.js";
import {type Batch, batchRows, type ReadOptions} from "./batch.js";
import {type CsvColumn, csvColumn} from "./csvColumns.js";
import type {CsvReceiver, CsvRecord} from "./csvRecord.js";
import {CsvRecords} from "./csvRecords.js";

/**
 * The rows of a CSV file with a header, in batches of up to so many rows; cells are separated by what separates the names
 * of the header: comma, semicolon, where numbers may have decimal commas, or tab. Columns are what the schema declares,
 * times as ISO 8601 or UTC milliseconds; empty cells are missing, and among numbers marks such as NA. Throws an InputError
 * that names the line of a header with a missing or doubled name and, without `onReject`, of a row that is too short or
 * too long, of a cell that is not what its column declares, and of a quote that is out of place.
 */
export async function* readCsv(
  path: string,
  source: AsyncIterable<Uint8Array>,
  {rows = batchRows, ...options}: ReadOptions & {rows?: number} = {}
): AsyncGenerator<Batch> {
  const receiver = new BatchBuilder(path, rows, options);
  let records: CsvRecords | undefined;
  for await (const bytes of source) {
    if (records === undefined) {
      const delimiter = delimiterOf(new TextDecoder().decode(bytes));
      receiver.hasDecimalCommas = delimiter === ";";
      records = new CsvRecords(delimiter, receiver);
    }
    await records.push(bytes);
    yield* receiver.full();
  }
  await records?.end();
  yield* receiver.rest();
}

/** What separates the cells of the first line that has any, by which character is most frequent outside of quotes. */
function delimiterOf(text: string): string {
  const names = (/[^\r\n]+/.exec(text)?.[0] ?? "").replace(/"[^"]*"/g, "");
  const count = (delimiter: string) => names.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, other) => (count(other) > count(best) ? other : best));
}

// Rows of long texts make smaller batches.
const mostBytes = 2 ** 25;

class BatchBuilder implements CsvReceiver {
  hasDecimalCommas = false;
  /** How many cells a row has; 0 before the header. */
  private width = 0;
  private columns: readonly {readonly cell: number; readonly column: CsvColumn}[] = [];
  private lines: number[] = [];
  private bytes = 0;
  private batches: Batch[] = [];

  constructor(
    private readonly path: string,
    private readonly rows: number,
    private readonly options: ReadOptions
  ) {}

  record(record: CsvRecord, line: number): void {
    const {width, columns} = this;
    const {bytes, starts, ends, length} = record;
    if (width === 0) {
      this.columns = this.columnsOf(record.cells(), `${this.path}:${line}`);
      this.width = length;
      return;
    }
    // Also of cells that are not kept, as columns hold the bytes that their cells are in.
    this.bytes += ends[length - 1]! - starts[0]!;
    if (length !== width) {
      const reason = length < width ? "too few cells" : "too many cells";
      this.reject(line, reason, `expected ${width} cells, got: ${length}`);
      return;
    }
    for (let i = 0; i < columns.length; ++i) {
      const {cell, column} = columns[i]!;
      if (column.add(bytes, starts[cell]!, ends[cell]!)) continue;
      for (let k = 0; k < i; ++k) columns[k]!.column.drop();
      const reason = `invalid ${column.name}`;
      this.reject(line, reason, `${reason}: ${record.cells()[cell]}`);
      return;
    }
    this.lines.push(line);
    if (this.lines.length === this.rows || (this.bytes > mostBytes && this.rows < Infinity)) this.close();
  }

  fault(reason: string, line: number): void {
    if (this.width === 0) this.stop(reason, line);
    this.reject(line, reason);
  }

  stop(reason: string, line: number): never {
    throw new InputError(`${this.path}:${line}: ${reason}`);
  }

  full(): Batch[] {
    const {batches} = this;
    this.batches = [];
    return batches;
  }

  /** A file has at least one batch, be it without rows, so that its columns are known. */
  rest(): Batch[] {
    if (this.width === 0) throw new InputError(`${this.path}: expected rows, got none`);
    this.close();
    return this.full();
  }

  private close(): void {
    const {path, hasDecimalCommas} = this;
    const lines = new Float64Array(this.lines);
    const columns = this.columns.map(({column}) => [column.name, column.take()] as const);
    const types = new Map(this.columns.map(({column}) => [column.name, column.type]));
    const table = tableOf(Object.fromEntries(columns));
    this.batches.push({...table, rows: lines.length, types, lines, path, hasDecimalCommas});
    this.lines = [];
    this.bytes = 0;
  }

  private reject(line: number, reason: string, message = reason): void {
    const {onReject} = this.options;
    if (onReject === undefined) this.stop(message, line);
    onReject(line, reason);
  }

  private columnsOf(header: readonly string[], place: string) {
    const {types, columns} = this.options;
    const names = new Set<string>();
    for (const cell of header) {
      const name = cell.trim();
      if (name === "") throw new InputError(`${place}: missing column name`);
      if (names.has(name)) throw new InputError(`${place}: doubled column: ${name}`);
      names.add(name);
    }
    return Array.from(names, (name, cell) => ({
      cell,
      column: csvColumn(name, types?.get(name), this.hasDecimalCommas)
    })).filter(({column}) => columns?.includes(column.name) ?? true);
  }
}
