import {evaluate as evaluateScores} from "../../evaluation/evaluation.js";
import {printConfusion} from "../../evaluation/printConfusion.js";
import type {ThresholdRule} from "../../evaluation/threshold.js";
import {InputError} from "../../inputError.js";
import {daysOf} from "../../traffic/daysOf.js";
import {isNumbers} from "../../traffic/table.js";
import {answered} from "../answered.js";
import {Progress, type ProgressStream} from "../progress.js";
import type {Batch} from "../tables/batch.js";
import {GrowingCodes} from "../tables/growingCodes.js";
import {GrowingNumbers} from "../tables/growingNumbers.js";
import {writeOutput} from "../tables/openOutput.js";
import {openTable} from "../tables/openTable.js";
import {type FileBatch, firstText, readTables, textAt} from "../tables/readTables.js";
import {UsageError} from "../usageError.js";
import {labelsOf, requireLabels} from "./labels.js";

export interface EvaluateOptions {
  /** Column of scores. */
  readonly score: string;
  /** Column of labels: 1 fake, 0 genuine, missing unknown. */
  readonly label: string;
  /** Column of another score to compare with. */
  readonly other?: string;
  readonly threshold: readonly ThresholdRule[];
  /** Days that the rows span; by default from the first to the last `timestamp`. */
  readonly days?: number;
  /** Replicates of bootstrap and permutation test; 0 for neither. */
  readonly replicates: number;
  readonly seed: number;
  /** `r` prints each confusion matrix as R’s caret does, instead of JSON. */
  readonly print?: "r";
  /** The standard output by default. */
  readonly output?: string;
}

/**
 * Evaluates the scores of labelled rows in files with the same columns and writes all that there is to say as JSON, or the
 * confusion matrices as R prints them. Warnings go to `stderr`.
 */
export async function evaluate(
  paths: readonly string[],
  options: EvaluateOptions,
  stderr: ProgressStream = process.stderr
): Promise<void> {
  const {threshold: rules, replicates, seed, print} = options;
  const {label, score, other, client, time} = await readScores(paths, options, stderr);
  const days = options.days ?? daysOf(time);
  const result = answered(paths, () => evaluateScores(label, score, {rules, other, client, days, replicates, seed}));
  for (const warning of result.warnings) stderr.write(`${warning}\n`);
  for (const {rule, reason} of result.refused) stderr.write(`${rule}: no answer: ${reason}\n`);
  for (const {meaning, degenerate} of result.confusion) {
    if (degenerate !== null) stderr.write(`${meaning}: ${degenerate}\n`);
  }
  const text =
    print === "r"
      ? result.confusion.map((counts) => printConfusion(counts)).join("\n")
      : formatJson({files: paths, score: options.score, label: options.label, other: options.other, ...result});
  await writeOutput(options.output, text);
}

/** The columns that count, of all files. */
async function readScores(
  paths: readonly string[],
  {score, label, other}: EvaluateOptions,
  stderr: ProgressStream
): Promise<{
  label: Float64Array;
  score: Float64Array;
  other?: Float64Array;
  client: Float64Array | null;
  time: Float64Array;
}> {
  const scores = other === undefined ? [score] : [score, other];
  const columns = [label, ...scores];
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  if (twice !== undefined) throw new UsageError(`expected different columns, got twice: ${twice}`);
  const files = [];
  for (const path of paths) files.push(await openTable(path));
  const progress = new Progress(stderr);
  progress.start(
    "reading",
    files.reduce((sum, {bytes}) => sum + bytes, 0)
  );
  const values = Object.fromEntries([...columns, timeColumn].map((name) => [name, new GrowingNumbers()]));
  const clients = new GrowingCodes();
  const onBytes = (count: number) => progress.addBytes(count);
  for await (const batch of readTables(files, {columns: [...columns, timeColumn, clientColumn], onBytes})) {
    for (const name of columns) if (!batch.types.has(name)) throw await missing(batch, name);
    requireLabels(batch, label);
    values[label]!.append(labelsOf(batch, label));
    for (const name of scores) values[name]!.append(scoresOf(batch, name));
    const time = batch.columns[timeColumn];
    if (isNumbers(time) && !columns.includes(timeColumn)) values[timeColumn]!.append(time);
    const client = batch.columns[clientColumn];
    if (client !== undefined) clients.append(client, batch.rows);
    progress.addRows(batch.rows);
  }
  progress.end();
  if (values[label]!.all().length === 0) throw new InputError(`${paths[0]}: expected rows, got none`);
  return {
    label: values[label]!.all(),
    score: values[score]!.all(),
    ...(other === undefined ? {} : {other: values[other]!.all()}),
    client: clients.all(),
    time: values[timeColumn]!.all()
  };
}

const timeColumn = "timestamp";
const clientColumn = "client";

function scoresOf(batch: Batch, name: string): Float64Array {
  const column = batch.columns[name]!;
  const row = isNumbers(column) ? column.findIndex((value) => !Number.isFinite(value)) : firstText(batch, name);
  if (isNumbers(column) && row === -1) return column;
  // A text that is no number, or a column of nothing but gaps.
  const at = row ?? 0;
  const value = isNumbers(column) ? column[at]! : textAt(batch, name, at);
  const shown = value === null || Number.isNaN(value) ? "missing" : value;
  const expected = Number.isFinite(Number(shown)) ? "a number that is exact in 53 bits" : "a number";
  throw new InputError(`${batch.path}:${batch.lines[at]}: invalid ${name}, expected ${expected}: ${shown}`);
}

async function missing({path, file}: FileBatch, name: string): Promise<InputError> {
  for await (const {types} of file.batches({onReject: () => {}})) {
    return new InputError(`${path}: missing column: ${name} (there are: ${[...types.keys()].join(", ")})`);
  }
  return new InputError(`${path}: missing column: ${name}`);
}

/** JSON with a line for each name, so that it can be read; what is not finite is null. */
function formatJson(object: object): string {
  const lines = Object.entries(object)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return `{\n${lines.join(",\n")}\n}\n`;
}
