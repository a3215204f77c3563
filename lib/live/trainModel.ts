import {chooseThreshold} from "../evaluation/threshold.js";
import type {ThresholdRule} from "../evaluation/thresholdRules.js";
import {type Forest, openForest} from "../forest/forest.js";
import {growForest} from "../forest/growForest.js";
import {type ForestOptions, resolveParameters} from "../forest/parameters.js";
import {scoreRows} from "../forest/scoreRows.js";
import {featuresOf} from "../traffic/featureColumn.js";
import {isNumbers, type Table} from "../traffic/table.js";
import {budgetThreshold, typicalScores} from "./budgetThreshold.js";
import {type DriftReference, driftReference} from "./drift.js";
import type {PeakRows} from "./peaks.js";
import {type Profile, profileOf} from "./profile.js";

/** All that a model follows from, as plain data, so that it can be trained by a thread and asked for again after a crash. */
export interface TrainingRequest {
  /** Rows to learn from, and how many each stands for. */
  readonly rows: Table;
  readonly weight: Float64Array;
  readonly features: readonly string[];
  readonly forest: ForestOptions;
  /** A forest that is taken as it is instead of being grown. */
  readonly model: ArrayBuffer | null;
  readonly peaks: PeakRows;
  /** How the threshold is chosen: by a rule, or by how many alerts the peaks may have raised. */
  readonly rule: ThresholdRule | null;
  readonly alerts: number;
  /** Milliseconds after which a host’s flagged flows are another alert, null for sessions. */
  readonly pause: number | null;
  /** The threshold of the model before, which stays where the rule has no answer. */
  readonly before: number | null;
}

/** A model, as plain data. */
export interface TrainedModel {
  /** A sealed forest. */
  readonly forest: ArrayBuffer;
  readonly threshold: number;
  /** Why the rule had no answer, so that the threshold stays or follows from the alerts; null where it had one. */
  readonly noAnswer: string | null;
  readonly profile: Profile;
  readonly drift: DriftReference;
  /** What all but one in a hundred of its own rows score at most. */
  readonly bound: number;
  /** What each of the peaks scores. */
  readonly peakScore: Float64Array;
}

/** Trains what is asked for; the same request gives the same model to the bit, on every machine. */
export function trainModel(request: TrainingRequest): TrainedModel {
  const {rows, weight, features, model, peaks} = request;
  // A forest finds rows that it was grown from more ordinary than others like them, so that a quarter is kept from it.
  const isKept = (row: number) => model === null && rows.rows >= 40 && row % 4 === 3;
  const toGrow = weight.map((w, row) => (isKept(row) ? 0 : w));
  const forest = model === null ? grow(request, toGrow) : openForest(model);
  const peakScore = scoreTable(forest, peaks.table);
  const profile = profileOf(rows, weight, features);
  const others = weight.map((w, row) => (isKept(row) ? w : 0));
  return {
    forest: forest.buffer,
    ...thresholdOf(request, peakScore),
    profile,
    drift: driftReference(rows, weight, profile),
    bound: boundOf(scoreTable(forest, rows), others.some((w) => w > 0) ? others : weight),
    peakScore
  };
}

/** The scores of rows by the columns that the forest’s features are made of. */
export function scoreTable(forest: Forest, table: Table): Float64Array {
  return table.rows === 0 ? new Float64Array() : scoreRows(forest, featuresOf(table, forest.features));
}

/** The same rows, with the 50 most frequent texts of each column only; others, which attackers may write, are missing. */
export function withFewTexts(table: Table): Table {
  const columns = Object.entries(table.columns).map(([name, column]) => {
    if (isNumbers(column) || column.values.length <= mostTexts) return [name, column] as const;
    const counts = new Uint32Array(column.values.length);
    for (const code of column.codes) if (code >= 0) ++counts[code]!;
    const kept = Array.from(counts.keys())
      .sort((a, b) => counts[b]! - counts[a]! || a - b)
      .slice(0, mostTexts);
    const codeOf = new Map(kept.map((code, i) => [code, i]));
    const codes = column.codes.map((code) => codeOf.get(code) ?? -1);
    return [name, {codes, values: kept.map((code) => column.values[code]!)}] as const;
  });
  return {rows: table.rows, columns: Object.fromEntries(columns)};
}

const mostTexts = 50;

/** Unless told otherwise, each tree sees a quarter of the rows at most, for the same reason. */
function grow({rows, features, forest}: TrainingRequest, weight: Float64Array): Forest {
  const drawable = weight.reduce((count, w) => count + (w > 0 ? 1 : 0), 0);
  const {sampleSize} = resolveParameters(drawable, features.length, forest);
  const limited = forest.sampleSize === undefined ? Math.min(sampleSize, Math.max(32, drawable >> 2)) : sampleSize;
  return growForest(featuresOf(rows, features), {...forest, sampleSize: limited}, {rows: weight});
}

function thresholdOf(
  {rule, alerts, pause, before, peaks}: TrainingRequest,
  score: Float64Array
): Pick<TrainedModel, "threshold" | "noAnswer"> {
  const scored = {...peaks, score};
  if (rule === null) return {threshold: budgetThreshold(scored, alerts, pause), noAnswer: null};
  try {
    return {threshold: chooseThreshold(typicalScores(scored), rule), noAnswer: null};
  } catch (error) {
    return {threshold: before ?? budgetThreshold(scored, alerts, pause), noAnswer: (error as Error).message};
  }
}

function boundOf(score: Float64Array, weight: Float64Array): number {
  const order = Array.from(score.keys()).sort((a, b) => score[b]! - score[a]! || a - b);
  const most = weight.reduce((sum, w) => sum + w, 0) / 100;
  let above = 0;
  for (const row of order) {
    above += weight[row]!;
    if (above > most) return score[row]!;
  }
  return 1;
}
