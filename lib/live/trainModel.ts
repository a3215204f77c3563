import {chooseThreshold, describeRule} from "../evaluation/threshold.js";
import type {ThresholdRule} from "../evaluation/thresholdRules.js";
import {type Forest, openForest} from "../forest/forest.js";
import {growForest} from "../forest/growForest.js";
import type {ForestOptions} from "../forest/parameters.js";
import {scoreRows} from "../forest/scoreRows.js";
import {featuresOf} from "../traffic/featureColumn.js";
import {mostCategories} from "../traffic/featuresToGrow.js";
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
  /** Why the rule did not choose the threshold; null where it did. */
  readonly fallback: string | null;
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
  const forest = model === null ? grow(request) : openForest(model);
  const peakScore = scoreTable(forest, peaks.table);
  const profile = profileOf(rows, weight, features);
  return {
    forest: forest.buffer,
    ...thresholdOf(request, peakScore),
    profile,
    drift: driftReference(rows, weight, profile),
    bound: boundOf(scoreTable(forest, rows), weight),
    peakScore
  };
}

/** The scores of rows by the columns that the forest’s features are made of. */
export function scoreTable(forest: Forest, table: Table): Float64Array {
  return table.rows === 0 ? new Float64Array() : scoreRows(forest, featuresOf(table, forest.features));
}

/** The same rows, with the most frequent texts of each column only, as many as a forest can take. */
export function withFewTexts(table: Table): Table {
  const columns = Object.entries(table.columns).map(([name, column]) => {
    if (isNumbers(column) || column.values.length <= mostCategories) return [name, column] as const;
    const counts = new Uint32Array(column.values.length);
    for (const code of column.codes) if (code >= 0) ++counts[code]!;
    const kept = Array.from(counts.keys())
      .sort((a, b) => counts[b]! - counts[a]! || a - b)
      .slice(0, mostCategories);
    const codeOf = new Map(kept.map((code, i) => [code, i]));
    const codes = column.codes.map((code) => codeOf.get(code) ?? -1);
    return [name, {codes, values: kept.map((code) => column.values[code]!)}] as const;
  });
  return {rows: table.rows, columns: Object.fromEntries(columns)};
}

function grow({rows, weight, features, forest}: TrainingRequest): Forest {
  const isEven = weight.every((w) => w === weight[0]);
  return growForest(featuresOf(withFewTexts(rows), features), forest, isEven ? {} : {rows: weight});
}

function thresholdOf(
  {rule, alerts, pause, before, peaks}: TrainingRequest,
  score: Float64Array
): Pick<TrainedModel, "threshold" | "fallback"> {
  const scored = {...peaks, score};
  const ofBudget = () => budgetThreshold(scored, alerts, pause);
  if (rule === null) return {threshold: ofBudget(), fallback: null};
  try {
    return {threshold: chooseThreshold(typicalScores(scored), rule), fallback: null};
  } catch (error) {
    const {message} = error as Error;
    if (before !== null) return {threshold: before, fallback: `${describeRule(rule)} (as before: ${message})`};
    return {threshold: ofBudget(), fallback: `${alerts.toPrecision(3)} alerts in all (${message})`};
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
