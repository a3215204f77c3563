import {createHash} from "node:crypto";
import {createReadStream} from "node:fs";
import {Transform} from "node:stream";
import {pipeline} from "node:stream/promises";
import {CsvError, parse} from "csv-parse";
import {InputError} from "../inputError.js";
import {describeColumn, isDeclared} from "../traffic/schema.js";
import {type Categories, type Column, categoriesOf, type Table, tableOf} from "../traffic/table.js";
import type {Traffic} from "../traffic/traffic.js";

/**
 * The rows of a CSV file with a header, as declared in the schema: times as ISO 8601 or UTC milliseconds, empty cells
 * missing, and `source_line` for each row, the line on which it begins. A column that the schema does not know holds
 * numbers if every cell is one, otherwise text. Throws an InputError that names the file and line of a cell that is not what
 * its column declares, of a row that is too short or too long, of a doubled column, and on a file without rows.
 */
export async function readTraffic(path: string): Promise<Traffic> {
  const hash = createHash("sha256");
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    }
  });
  const records = new Records(path);
  const parser = parse({
    bom: true,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    skip_empty_lines: true,
    on_record: (record: string[], {empty_lines}) => records.add(record, empty_lines)
  });
  try {
    await pipeline(createReadStream(path), measure, parser);
  } catch (error) {
    if (error instanceof CsvError) throw records.fault(error);
    throw explained(error, path);
  }
  return {...records.table(), source: {type: "file", name: path, bytes, sha256: hash.digest("hex")}};
}

/** Takes records into columns and counts their lines, as csv-parse itself counts each CRLF within quotes twice. */
class Records {
  private builders: readonly ColumnBuilder[] = [];
  private readonly lines: number[] = [];
  private nextLine = 1;
  private emptyLines = 0;

  constructor(private readonly path: string) {}

  add(record: readonly string[], emptyLines: number): null {
    const line = this.lineAfter(emptyLines);
    const place = `${this.path}:${line}`;
    if (this.builders.length === 0) this.builders = buildersOf(record, place);
    else {
      const expected = this.builders.length;
      if (record.length !== expected)
        throw new InputError(`${place}: expected ${expected} cells, got: ${record.length}`);
      for (const [i, builder] of this.builders.entries()) builder.add(record[i]!, place);
      this.lines.push(line);
    }
    this.emptyLines = emptyLines;
    this.nextLine = line + 1;
    for (const cell of record) this.nextLine += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
    return null;
  }

  /** What csv-parse says of the record after the last one, in its own few words: quote not closed. */
  fault({message, empty_lines}: CsvError): InputError {
    const line = this.lineAfter(Number(empty_lines));
    return new InputError(`${this.path}:${line}: ${message.split(":")[0]!.toLowerCase()}`);
  }

  table(): Table {
    if (this.lines.length === 0) throw new InputError(`${this.path}: expected rows, got none`);
    const columns = this.builders.map((builder): [string, Column] => [builder.name, builder.column()]);
    return tableOf(Object.fromEntries([...columns, ["source_line", Float64Array.from(this.lines)]]));
  }

  private lineAfter(emptyLines: number): number {
    return this.nextLine + emptyLines - this.emptyLines;
  }
}

interface ColumnBuilder {
  readonly name: string;
  add(cell: string, place: string): void;
  column(): Column;
}

function buildersOf(header: readonly string[], place: string): ColumnBuilder[] {
  const seen = new Set<string>();
  return header.map((cell) => {
    const name = cell.trim();
    if (name === "") throw new InputError(`${place}: missing column name`);
    if (seen.has(name)) throw new InputError(`${place}: doubled column: ${name}`);
    seen.add(name);
    return builderOf(name);
  });
}

function builderOf(name: string): ColumnBuilder {
  if (!isDeclared(name)) return new InferredColumn(name);
  const {type, range} = describeColumn(name);
  switch (type) {
    case "text":
      return new TextColumn(name);
    case "time":
      return new NumberColumn(name, timeFrom, range);
    case "number":
      return new NumberColumn(name, numberFrom, range);
  }
}

class NumberColumn implements ColumnBuilder {
  private readonly values: number[] = [];
  constructor(
    readonly name: string,
    private readonly from: (cell: string) => number,
    private readonly range: readonly [number, number] = [-Number.MAX_VALUE, Number.MAX_VALUE]
  ) {}
  add(cell: string, place: string) {
    if (isEmpty(cell)) this.values.push(Number.NaN);
    else {
      const value = this.from(cell);
      const [least, greatest] = this.range;
      if (!(value >= least && value <= greatest)) throw new InputError(`${place}: invalid ${this.name}: ${cell}`);
      this.values.push(value);
    }
  }
  column(): Float64Array {
    return Float64Array.from(this.values);
  }
}

class TextColumn implements ColumnBuilder {
  private readonly texts: (string | null)[] = [];
  constructor(readonly name: string) {}
  add(cell: string) {
    this.texts.push(cell === "" ? null : cell);
  }
  column(): Categories {
    return categoriesOf(this.texts);
  }
}

class InferredColumn implements ColumnBuilder {
  private readonly cells: string[] = [];
  constructor(readonly name: string) {}
  add(cell: string) {
    this.cells.push(cell);
  }
  column(): Column {
    if (this.cells.every((cell) => isEmpty(cell) || Number.isFinite(numberFrom(cell)))) {
      return Float64Array.from(this.cells, (cell) => (isEmpty(cell) ? Number.NaN : numberFrom(cell)));
    }
    return categoriesOf(this.cells.map((cell) => (cell === "" ? null : cell)));
  }
}

function isEmpty(cell: string): boolean {
  return cell.trim() === "";
}

// Decimal notation only: Number alone would also read 0x10 and Infinity.
function numberFrom(cell: string): number {
  return /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(cell.trim()) ? Number(cell) : Number.NaN;
}

// ISO 8601 with a zone, or a date alone, which the standard reads as UTC; a time without a zone would depend on the machine.
// Date.parse alone would take February 30 for March 2.
function timeFrom(cell: string): number {
  const time = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[-+]\d\d:?\d\d))?$/.exec(cell.trim());
  if (time === null) return new Date(numberFrom(cell)).getTime();
  return new Date(time[1]!).toJSON()?.startsWith(time[1]!) ? Date.parse(time[0]) : Number.NaN;
}

function explained(error: unknown, path: string): unknown {
  const {code, syscall} = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return new InputError(`${path}: no such file`);
  return syscall === undefined ? error : new InputError(`${path}: cannot be read (${code})`);
}
