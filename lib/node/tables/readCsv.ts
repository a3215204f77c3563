import {InputError} from "../../inputError.js";
import {tableOf} from "../../traffic/table.js";
import {type Batch, batchRows, type ColumnTypes, type ReadOptions} from "./batch.js";
import {type CsvColumn, csvColumn} from "./csvColumns.js";
import {type CsvReceiver, CsvRecords} from "./csvRecords.js";

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
  {types, onReject, rows = batchRows}: ReadOptions & {rows?: number} = {}
): AsyncGenerator<Batch> {
  const receiver = new BatchBuilder(path, rows, types, onReject);
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
const mostCharacters = 2 ** 25;

class BatchBuilder implements CsvReceiver {
  hasDecimalCommas = false;
  private columns: readonly CsvColumn[] = [];
  private lines: number[] = [];
  private characters = 0;
  private batches: Batch[] = [];

  constructor(
    private readonly path: string,
    private readonly rows: number,
    private readonly types: ColumnTypes | undefined,
    private readonly onReject: ReadOptions["onReject"]
  ) {}

  record(cells: string[], line: number): void {
    const {columns} = this;
    if (columns.length === 0) {
      this.columns = this.columnsOf(cells, `${this.path}:${line}`);
      return;
    }
    const {length} = columns;
    if (cells.length !== length) {
      const reason = cells.length < length ? "too few cells" : "too many cells";
      this.reject(line, reason, `expected ${length} cells, got: ${cells.length}`);
      return;
    }
    for (let i = 0; i < length; ++i) {
      this.characters += cells[i]!.length;
      if (columns[i]!.add(cells[i]!)) continue;
      for (let k = 0; k < i; ++k) columns[k]!.drop();
      this.reject(line, `invalid ${columns[i]!.name}`, `invalid ${columns[i]!.name}: ${cells[i]}`);
      return;
    }
    this.lines.push(line);
    if (this.lines.length === this.rows || (this.characters > mostCharacters && this.rows < Infinity)) this.close();
  }

  fault(reason: string, line: number): void {
    if (this.columns.length === 0) this.stop(reason, line);
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
    if (this.columns.length === 0) throw new InputError(`${this.path}: expected rows, got none`);
    this.close();
    return this.full();
  }

  private close(): void {
    const {columns, path, hasDecimalCommas} = this;
    const table = tableOf(Object.fromEntries(columns.map((column) => [column.name, column.take()])));
    const types = new Map(columns.map(({name, type}) => [name, type]));
    this.batches.push({...table, types, lines: Float64Array.from(this.lines), path, hasDecimalCommas});
    this.lines = [];
    this.characters = 0;
  }

  private reject(line: number, reason: string, message = reason): void {
    if (this.onReject === undefined) this.stop(message, line);
    this.onReject(line, reason);
  }

  private columnsOf(header: readonly string[], place: string): CsvColumn[] {
    const names = new Set<string>();
    return header.map((cell) => {
      const name = cell.trim();
      if (name === "") throw new InputError(`${place}: missing column name`);
      if (names.has(name)) throw new InputError(`${place}: doubled column: ${name}`);
      names.add(name);
      return csvColumn(name, this.types?.get(name), this.hasDecimalCommas);
    });
  }
}
