import {RowSample} from "../../traffic/rowSample.js";
import {isNumbers, type Table} from "../../traffic/table.js";
import type {Batch, ColumnType, ColumnTypes} from "./batch.js";
import {isMissing} from "./csvCells.js";
import type {TableFile} from "./openTable.js";
import {firstText, isText, readTables, textAt, unifyTypes} from "./readTables.js";

/** What a pass over all rows tells of a column. */
export interface ColumnSurvey {
  readonly name: string;
  readonly type: ColumnType;
  readonly missing: number;
  /** Least and greatest number or time; Infinity and −Infinity where there are none. */
  readonly min: number;
  readonly max: number;
  /** Whether every number is whole. */
  readonly isWhole: boolean;
  /** Where a column of text has its first that is no number, and which: the reason that it counts as text. */
  readonly firstText?: {readonly place: string; readonly text: string};
  /** Whether more of the texts in a sampled column are numbers than are none. */
  readonly isMostlyNumbers?: boolean;
  /** Where the first infinite number is. */
  readonly firstInfinite?: string;
  /** Where the first number below 0 is, and which. */
  readonly firstNegative?: {readonly place: string; readonly value: number};
}

/** Lines of a file that hold no row, by reason. */
export interface Reject {
  /** The first of them. */
  readonly line: number;
  readonly reason: string;
  readonly count: number;
}

export interface Survey {
  readonly rows: number;
  readonly columns: readonly ColumnSurvey[];
  readonly types: ColumnTypes;
  readonly files: readonly {readonly file: TableFile; readonly rows: number; readonly rejects: readonly Reject[]}[];
  /** The sample that was asked for; without columns if none was. */
  readonly sample: Table;
}

export interface SurveyOptions {
  /** Types of columns that are known before. */
  readonly types?: ColumnTypes;
  /** Whether lines that hold no row are counted; otherwise the first throws an InputError. */
  readonly skipRejects?: boolean;
  /** Which columns to sample, and how many rows of them at most. */
  readonly sample?: {
    readonly most: number;
    readonly seed: number;
    readonly takes: (name: string, type: ColumnType) => boolean;
  };
  /** Called with each batch, to check it. */
  readonly onBatch?: (batch: Batch) => void;
  readonly onBytes?: (bytes: number) => void;
}

/**
 * What a pass over the files finds. A column that looks like numbers for a while and then holds a text counts as text, and
 * costs a second pass, so that what is told of it and sampled holds for all rows.
 */
export async function surveyTables(files: readonly TableFile[], options: SurveyOptions = {}): Promise<Survey> {
  const first = await pass(files, options);
  if (!first.hasTurned) return first.survey;
  return (await pass(files, {...options, types: first.survey.types})).survey;
}

async function pass(
  files: readonly TableFile[],
  options: SurveyOptions
): Promise<{survey: Survey; hasTurned: boolean}> {
  const {skipRejects = false, sample, onBatch, ...readOptions} = options;
  const rejects = new Map(files.map((file) => [file, new Map<string, Reject>()]));
  const fileRows = new Map<TableFile, number>();
  const columns = new Map<string, GrowingSurvey>();
  const rowSample = new RowSample(sample?.most ?? 0, sample?.seed ?? 0);
  let types: ColumnTypes | undefined;
  let hasTurned = false;
  const onReject = (file: TableFile, line: number, reason: string) => {
    const counts = rejects.get(file)!;
    const count = (counts.get(reason)?.count ?? 0) + 1;
    counts.set(reason, {line: counts.get(reason)?.line ?? line, reason, count});
  };
  for await (const batch of readTables(files, {...readOptions, ...(skipRejects ? {onReject} : {})})) {
    onBatch?.(batch);
    const unified = unifyTypes(types, batch.types);
    for (const [name, type] of unified) {
      if (types !== undefined && types.get(name) !== type) hasTurned = true;
      if (batch.types.get(name) !== type) hasTurned = true;
      const column = columns.get(name) ?? new GrowingSurvey(name, sample?.takes(name, "text") ?? false);
      columns.set(name, column);
      column.add(batch);
    }
    types = unified;
    fileRows.set(batch.file, (fileRows.get(batch.file) ?? 0) + batch.rows);
    if (sample && !hasTurned) {
      rowSample.add(
        batch,
        [...types].filter(([name, type]) => sample.takes(name, type)).map(([name]) => name)
      );
    }
  }
  return {
    survey: {
      rows: [...fileRows.values()].reduce((sum, rows) => sum + rows, 0),
      columns: [...columns.values()].map((column) => ({...column.survey(), type: types!.get(column.name)!})),
      types: types!,
      files: files.map((file) => ({
        file,
        rows: fileRows.get(file) ?? 0,
        rejects: [...rejects.get(file)!.values()].sort((a, b) => a.line - b.line)
      })),
      sample: rowSample.table()
    },
    hasTurned
  };
}

class GrowingSurvey {
  private missing = 0;
  private min = Infinity;
  private max = -Infinity;
  private isWhole = true;
  private firstText: ColumnSurvey["firstText"];
  private firstInfinite: string | undefined;
  private firstNegative: ColumnSurvey["firstNegative"];
  /** Texts that are numbers, less those that are none. */
  private balance = 0;

  constructor(
    readonly name: string,
    private readonly countsTexts: boolean
  ) {}

  add(batch: Batch): void {
    const column = batch.columns[this.name]!;
    if (!isNumbers(column)) {
      for (const code of column.codes) if (code < 0) ++this.missing;
      this.addFirstText(batch);
      if (this.countsTexts) this.weigh(batch);
      return;
    }
    for (let row = 0; row < column.length; ++row) {
      const value = column[row]!;
      if (Number.isNaN(value)) {
        ++this.missing;
        continue;
      }
      if (value < this.min) {
        this.min = value;
        // The first below 0 is the least so far.
        if (value < 0) this.firstNegative ??= {place: `${batch.path}:${batch.lines[row]}`, value};
      }
      if (value > this.max) this.max = value;
      if (!Number.isInteger(value) || Object.is(value, -0)) this.isWhole = false;
      if (Math.abs(value) === Infinity) this.firstInfinite ??= `${batch.path}:${batch.lines[row]}`;
    }
  }

  survey(): Omit<ColumnSurvey, "type"> {
    const {name, missing, min, max, isWhole, firstText, firstInfinite, firstNegative, balance} = this;
    return {name, missing, min, max, isWhole, firstText, firstInfinite, firstNegative, isMostlyNumbers: balance > 0};
  }

  private addFirstText(batch: Batch): void {
    if (this.firstText !== undefined) return;
    const row = firstText(batch, this.name);
    if (row === null) return;
    this.firstText = {place: `${batch.path}:${batch.lines[row]}`, text: textAt(batch, this.name, row)!};
  }

  private weigh(batch: Batch): void {
    for (let row = 0; row < batch.rows; ++row) {
      const text = textAt(batch, this.name, row);
      if (text !== null && !isMissing(text)) this.balance += isText(text, batch) ? -1 : 1;
    }
  }
}
