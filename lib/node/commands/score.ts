import {reportedLabels} from "../../evaluation/choosingHalf.js";
import {type ConfusionCounts, confusionMatrix} from "../../evaluation/confusionMatrix.js";
import {proportion} from "../../evaluation/consequences.js";
import {countAbove} from "../../evaluation/countAbove.js";
import {firstLook} from "../../evaluation/firstLook.js";
import {auc} from "../../evaluation/rocCurve.js";
import {scoreLevels} from "../../evaluation/scoreLevels.js";
import {chooseThreshold, formatRule, parseRule, type ThresholdRule} from "../../evaluation/threshold.js";
import type {Forest} from "../../forest/forest.js";
import {growForest} from "../../forest/growForest.js";
import {defaultPreset, type ForestOptions} from "../../forest/parameters.js";
import {InputError} from "../../inputError.js";
import {availableFeatures, defaultFeatures} from "../../traffic/availableFeatures.js";
import {daysOf} from "../../traffic/daysOf.js";
import {featureSources, featuresOf} from "../../traffic/featureColumn.js";
import {featuresToGrow} from "../../traffic/featuresToGrow.js";
import type {IngestOptions} from "../../traffic/ingest.js";
import {type Column, categoriesOf, type Table} from "../../traffic/table.js";
import {answered} from "../answered.js";
import {type LogStepOptions, logSteps} from "../logSteps.js";
import {Progress, type ProgressStream} from "../progress.js";
import {readModel} from "../readModel.js";
import {scoreBatches} from "../scoreBatches.js";
import type {ColumnType} from "../tables/batch.js";
import {GrowingCodes} from "../tables/growingCodes.js";
import {openOutput, writeOutput} from "../tables/openOutput.js";
import type {TableFile} from "../tables/openTable.js";
import {isLogTable, openInputs, openTables} from "../tables/openTables.js";
import {readTables} from "../tables/readTables.js";
import {type Survey, surveyTables} from "../tables/surveyTables.js";
import {tableWriters, type WrittenColumn, type WrittenFormat} from "../tables/tableWriter.js";
import {UsageError} from "../usageError.js";
import {version} from "../version.js";
import {chooseFeatures, reasonAgainst} from "./chooseFeatures.js";
import {isText, requireNumbers, requireValues, sourceName, sourceTypes} from "./featureSources.js";
import {labelsOf, requireLabels} from "./labels.js";
import {logNotes} from "./logNotes.js";
import {writtenFormat} from "./writtenFormat.js";

export interface ScoreOptions {
  /** Columns, or `log(column)`; by default every column of numbers that may be one. */
  readonly features?: readonly string[];
  /** Column of labels: 1 fake, 0 genuine, missing unknown. */
  readonly label?: string;
  readonly forest: ForestOptions;
  /** File of a forest, which is then not grown. */
  readonly model?: string;
  readonly saveModel?: string;
  /** By default mad:3; of logs, the first look. */
  readonly threshold?: ThresholdRule;
  readonly summary?: string;
  readonly threads?: number;
  readonly skipRejects?: boolean;
  /** How logs become rows, and what is done to these. */
  readonly logs?: IngestOptions & LogStepOptions;
  /** The standard output by default. */
  readonly output?: string;
  readonly format?: WrittenFormat;
}

/**
 * Scores the rows of files that hold the same columns and writes them with `anomaly_score` and `anomaly`, and with
 * `source_file` where there are several files. The files are read three times, batch by batch: to learn what their columns
 * hold and to sample rows for the forest, to score, and to write; scores and labels are all that is kept of every row.
 */
export async function score(
  paths: readonly string[],
  options: ScoreOptions,
  stderr: ProgressStream = process.stderr
): Promise<void> {
  const {label, threads, skipRejects = false} = options;
  const format = writtenFormat(options.output, options.format);
  requireOptions(options);
  const model = options.model === undefined ? undefined : readModel(options.model);
  const files = await tablesAt(paths, options);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const output = await openOutput(options.output);
  const progress = new Progress(stderr);
  const say = (text: string) => {
    progress.end();
    stderr.write(`${text}\n`);
  };
  const clock = stopwatch();

  progress.start("reading", bytes);
  const {survey, forest} = await surveyed(files, options, {model, progress, say, clock});
  if (options.saveModel !== undefined) await writeOutput(options.saveModel, new Uint8Array(forest.buffer));
  clock.lap("grow");

  const rule = options.threshold ?? (isLogTable(files[0]) ? firstLook(survey.rows) : parseRule("mad:3"));
  const again = {
    types: survey.types,
    ...(skipRejects ? {onReject: () => {}} : {}),
    onBytes: (count: number) => progress.addBytes(count)
  };
  progress.start("scoring", bytes);
  const scores = new Float64Array(survey.rows);
  const labels = label === undefined ? null : new Float64Array(survey.rows);
  const clients = new GrowingCodes();
  let scored = 0;
  for await (const {batch, score} of scoreBatches(forest, readTables(files, again), {threads, rows: survey.rows})) {
    if (scored + batch.rows > survey.rows) throw changed(batch.path);
    scores.set(score, scored);
    labels?.set(labelsOf(batch, label!), scored);
    if (labels !== null && batch.columns.client !== undefined) clients.append(batch.columns.client, batch.rows);
    scored += batch.rows;
    progress.addRows(batch.rows);
  }
  if (scored !== survey.rows) throw changed(paths.at(-1)!);
  const threshold = answered(paths, () =>
    chooseThreshold(scores, rule, {label: labels, client: clients.all(), days: daysSpanned(survey)})
  );
  clock.lap("score");

  progress.start("writing", bytes);
  const columns = writtenColumns(survey, files.length > 1);
  const writer = await tableWriters[format](output, columns);
  let written = 0;
  for await (const batch of readTables(files, again)) {
    if (output.isClosed) break;
    const anomaly_score = scores.subarray(written, written + batch.rows);
    if (anomaly_score.length !== batch.rows) throw changed(batch.path);
    const anomaly = anomaly_score.map((s) => (s > threshold ? 1 : 0));
    const source: Record<string, Column> = files.length > 1 ? {source_file: repeated(batch.file.path, batch.rows)} : {};
    await writer.write({rows: batch.rows, columns: {...batch.columns, ...source, anomaly_score, anomaly}});
    written += batch.rows;
    progress.addRows(batch.rows);
  }
  await writer.end();
  await output.end();
  clock.lap("write");

  const flagged = countAbove(scores, threshold);
  if (labels?.every(Number.isNaN)) say(`${label}: none of ${survey.rows} rows is labelled`);
  const evaluation = evaluate(labels, scores, {rule, threshold, client: clients.all()});
  const share = ((flagged / survey.rows) * 100).toFixed(1);
  const none = flagged > 0 ? "" : `; nothing is flagged, the highest score is ${highestOf(scores).toPrecision(4)}`;
  const area = evaluation.auc === null ? "" : `, area under ROC ${evaluation.auc.toFixed(3)}`;
  say(
    `${survey.rows} rows, ${flagged} flagged (${share} %) above ${threshold.toPrecision(4)} (${formatRule(rule)})${area}${none}`
  );
  if (options.summary === undefined) return;
  const log = survey.files[0]!.file;
  const input = isLogTable(log)
    ? await log.inputs()
    : await Promise.all(
        survey.files.map(async ({file, rows, rejects}) => ({
          file: file.path,
          format: file.format,
          bytes: file.bytes,
          sha256: await file.sha256(),
          rows,
          ...(skipRejects ? {rejects} : {})
        }))
      );
  const summary = {
    input,
    rows: survey.rows,
    features: forest.features,
    label: label ?? null,
    preset: model === undefined ? (options.forest.preset ?? defaultPreset) : null,
    forest: forest.parameters,
    threshold: {rule, value: threshold},
    results: {flagged, ...evaluation},
    milliseconds: clock.laps,
    versions: {eddy: version()}
  };
  await writeOutput(options.summary, `${JSON.stringify(summary, null, 2)}\n`);
}

/** The tables at paths; a single one where they are logs. Throws where options for logs are given and there are none. */
async function tablesAt(paths: readonly string[], {logs = {}}: ScoreOptions): Promise<TableFile[]> {
  const {step} = await logSteps(logs);
  const files = await openTables(await openInputs(paths), {...logs, step});
  const {sessions, ...others} = logs;
  const [name] =
    Object.entries({...others, ...sessions}).find(([, value]) => value !== undefined && value !== false) ?? [];
  if (name !== undefined && !isLogTable(files[0])) {
    throw new UsageError(`--${name} is for logs, got a table: ${paths[0]}`);
  }
  return files;
}

/** What a first pass finds, and the forest; the sample that it grows from, 15 MB of seven columns, ends here. */
async function surveyed(
  files: readonly TableFile[],
  options: ScoreOptions,
  {model, progress, say, clock}: Steps
): Promise<{survey: Omit<Survey, "sample">; forest: Forest}> {
  const {label, skipRejects = false} = options;
  const log = isLogTable(files[0]) ? files[0] : null;
  const wanted = options.features ?? (log === null ? undefined : defaultFeatures(log.kind));
  const {sample, ...survey} = await surveyTables(files, {
    types: model && sourceTypes(model),
    skipRejects,
    sample: model === undefined ? sampleOf({...options, features: wanted}) : undefined,
    onBatch(batch) {
      progress.addRows(batch.rows);
      for (const feature of [...(model?.features ?? options.features ?? []), ...(label === undefined ? [] : [label])]) {
        const name = sourceName(feature, batch.types);
        if (!batch.types.has(name)) throw new InputError(`${batch.path}: missing column: ${name}`);
      }
      if (label !== undefined) requireLabels(batch, label);
    },
    onBytes: (count) => progress.addBytes(count)
  });
  for (const note of log === null ? [] : logNotes(log, survey.rows)) say(note);
  if (survey.rows === 0) throw new InputError(`${files[0]!.path}: expected rows, got none`);
  for (const {file, rejects} of survey.files) {
    for (const {line, reason, count} of rejects) say(`${file.path}:${line}: ${reason} (${count} skipped)`);
  }
  const features = model?.features ?? chosenFeatures({...survey, sample}, options, say);
  requireValues(survey, features);
  clock.lap("read");
  if (model !== undefined) return {survey, forest: model};
  const forest = grow(files, sample, features, options.forest);
  const {dims} = forest.parameters;
  if ((options.forest.dims ?? 0) > dims) say(`dims limited to ${dims}, the number of features`);
  return {survey, forest};
}

interface Steps {
  readonly model: Forest | undefined;
  readonly progress: Progress;
  readonly say: (text: string) => void;
  readonly clock: {lap(name: string): void};
}

// A forest draws trees × sampleSize rows, 25,600 in the paper’s; ten times that loses nothing and fits in memory for
// tables of any length.
const mostSampled = 2 ** 18;

function requireOptions({model, saveModel, features, label, forest}: ScoreOptions): void {
  if (model !== undefined) {
    const given = {...forest, features, saveModel};
    const [name] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
    if (name !== undefined) throw new UsageError(`--model excludes ${flagOf(name)}, as the forest is already grown`);
  }
  if (forest.sampleSize !== undefined && forest.sampleSize < 2) {
    throw new UsageError(`invalid --sample-size, expected 2 or more: ${forest.sampleSize}`);
  }
  if (label !== undefined && features !== undefined && featureSources(features).includes(label)) {
    throw new UsageError(`expected features without the label: ${label}`);
  }
}

function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function sampleOf({features, label, forest}: ScoreOptions) {
  const named = features && new Set([...features, ...featureSources(features)]);
  const takes = (name: string, type: ColumnType) =>
    named === undefined ? reasonAgainst(name, type, label) === null : named.has(name);
  return {most: mostSampled, seed: forest.seed ?? 1, takes};
}

function chosenFeatures(
  {sample, ...survey}: Survey,
  {features: given, label}: ScoreOptions,
  say: (text: string) => void
) {
  if (given !== undefined) {
    requireNumbers(survey, given);
    say(`features: ${given.map((name) => (isText(survey, name) ? `${name} (text)` : name)).join(", ")}`);
    return given;
  }
  const log = survey.files[0]!.file;
  const {features, leftOut} = isLogTable(log)
    ? availableFeatures(sample, log.kind)
    : chooseFeatures(survey.columns, label);
  const others = leftOut.map(({name, reason}) => `${name} (${reason})`).join(", ");
  say(`features: ${features.join(", ") || "none"}${others && `; left out: ${others}`}`);
  if (features.length > 0) return features;
  const expected = isLogTable(log)
    ? `${log.kind} that differ, got ${survey.rows}`
    : "a column of numbers that vary, got none";
  throw new InputError(`${log.path}: expected ${expected}`);
}

function grow(files: readonly TableFile[], sample: Table, features: readonly string[], options: ForestOptions): Forest {
  try {
    return growForest(featuresToGrow(featuresOf(sample, features)), options);
  } catch (error) {
    throw new InputError(`${files[0]!.path}: ${(error as Error).message}`);
  }
}

function writtenColumns({columns}: Pick<Survey, "columns">, hasSource: boolean): WrittenColumn[] {
  const results: WrittenColumn[] = [
    ...(hasSource ? [{name: "source_file", type: "text" as const}] : []),
    {name: "anomaly_score", type: "number"},
    {name: "anomaly", type: "number", isInteger: true}
  ];
  const replaced = new Set(results.map(({name}) => name));
  const kept = columns
    .filter(({name}) => !replaced.has(name))
    .map(({name, type, min, max, isWhole}) => ({
      name,
      type,
      isInteger: isWhole && min >= -(2 ** 31) && max < 2 ** 31
    }));
  return [...kept, ...results];
}

function repeated(text: string, rows: number): Column {
  return {...categoriesOf([text]), codes: new Int32Array(rows)};
}

function highestOf(scores: Float64Array): number {
  return scores.reduce((highest, score) => Math.max(highest, score), 0);
}

/** What the labels tell of the scores; at the threshold, those that the rule has not chosen by. */
function evaluate(labels: Float64Array | null, scores: Float64Array, {rule, threshold, client}: Threshold) {
  if (labels === null) return {auc: null, confusion: null};
  const area = auc(scoreLevels(labels, scores));
  const {threshold: _, ...counts} = confusionMatrix(reportedLabels(labels, rule, client), scores, threshold);
  const unknown = labels.reduce((count, y) => (Number.isNaN(y) ? count + 1 : count), 0);
  const confusion = {...counts, unknown, chosen_by: counts.unknown - unknown, ...sharesOf(counts)};
  return {auc: Number.isNaN(area) ? null : area, confusion};
}

interface Threshold {
  readonly rule: ThresholdRule;
  readonly threshold: number;
  readonly client: Float64Array | null;
}

function sharesOf({tp, fp, fn}: ConfusionCounts) {
  return {precision: shareOf(tp, tp + fp), recall: shareOf(tp, tp + fn)};
}

/** A share with its 95 % interval, null of nothing. */
function shareOf(successes: number, trials: number) {
  const {estimate: value, ...bounds} = proportion(successes, trials);
  return trials === 0 ? null : {value, ...bounds};
}

/** Days that the timestamps span, NaN without any. */
function daysSpanned({columns}: Pick<Survey, "columns">): number {
  const time = columns.find(({name, type}) => name === "timestamp" && type === "time");
  return daysOf(time === undefined ? [] : [time.min, time.max]);
}

function changed(path: string): InputError {
  return new InputError(`${path}: has changed while it was read`);
}

function stopwatch() {
  const laps: Record<string, number> = {};
  let last = performance.now();
  return {
    laps,
    lap(name: string) {
      const now = performance.now();
      laps[name] = Math.round(now - last);
      last = now;
    }
  };
}
