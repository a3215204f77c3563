import {declarationOf, type ThresholdRule} from "../evaluation/thresholdRules.js";
import {type Forest, openForest} from "../forest/forest.js";
import type {ForestOptions} from "../forest/parameters.js";
import {InputError} from "../inputError.js";
import {defaultFeatures} from "../traffic/availableFeatures.js";
import {featureSources, parseFeature} from "../traffic/featureColumn.js";
import {flowColumns} from "../traffic/flowColumns.js";
import type {RowKind} from "../traffic/ingest.js";
import {describeColumn} from "../traffic/schema.js";
import {sessionTable} from "../traffic/sessions/sessionTable.js";

export interface LiveModelOptions {
  /** How forests are grown: preset `auto` unless told otherwise; of a given model, as it was. */
  readonly forest?: ForestOptions;
  /** What forests see: columns, or `log(column)`; by default what the rows have of the default features of their kind. */
  readonly features?: readonly string[];
  /** How the threshold is chosen, by a rule without labels; by the budget unless given. */
  readonly threshold?: ThresholdRule;
  /** Alerts an hour on average over the window, 10 unless told: at most, and never more than one in twenty sessions or hosts. */
  readonly budget?: number;
  /** Final rows that a first model needs: 500 sessions or 2,000 flows unless told. */
  readonly warmUp?: number;
  /** Hours of the traffic that a model learns from, 24 unless told. */
  readonly window?: number;
  /** Minutes of the traffic between two models, 60 unless told; 0 for never. */
  readonly retrain?: number;
  /** A forest file, which is in force at once; later models are compared with it. */
  readonly model?: ArrayBuffer;
  /** Of all draws and the first forest, 1 unless told. */
  readonly seed?: number;
  /**
   * Whether a row that is far from what the first models learned does not teach, so that nobody can lead them astray bit
   * by bit; true unless told.
   */
  readonly anchored?: boolean;
}

/** The same, checked and with all defaults; times in milliseconds of the traffic. */
export interface LiveModelSettings {
  readonly forest: ForestOptions | null;
  readonly features: readonly string[] | null;
  readonly rule: ThresholdRule | null;
  readonly budget: number;
  readonly warmUp: number;
  readonly window: number;
  /** Infinity for never. */
  readonly interval: number;
  readonly model: Forest | null;
  readonly seed: number;
  readonly anchored: boolean;
  /** The columns that features are made of, each once. */
  readonly columns: readonly string[];
}

/** Throws an InputError on a model or on features of other rows than these, a RangeError on other options. */
export function settingsOf(
  kind: RowKind,
  {
    forest,
    features,
    threshold,
    budget = 10,
    warmUp = defaultWarmUp[kind],
    window = 24,
    retrain = 60,
    model: file,
    seed = 1,
    anchored = true
  }: LiveModelOptions
): LiveModelSettings {
  if (!(budget > 0 && Number.isFinite(budget))) throw new RangeError(`invalid budget: ${budget}`);
  if (!Number.isSafeInteger(warmUp) || warmUp < 2) throw new RangeError(`invalid warm-up: ${warmUp}`);
  if (!(window > 0 && Number.isFinite(window))) throw new RangeError(`invalid window: ${window}`);
  if (!(retrain >= 0 && Number.isFinite(retrain))) throw new RangeError(`invalid minutes between models: ${retrain}`);
  if (threshold !== undefined && declarationOf(threshold.rule).needs === "labels") {
    throw new RangeError(`labels are needed by the rule: ${threshold.rule}`);
  }
  if (features?.length === 0) throw new RangeError("expected features, got none");
  const model = file === undefined ? null : opened(file);
  const all = [...(model?.features ?? []), ...(features ?? (model === null ? defaultFeatures(kind) : []))];
  for (const feature of all) requireColumn(kind, feature);
  return {
    forest: forest ?? null,
    features: features ?? null,
    rule: threshold ?? null,
    budget,
    warmUp,
    window: window * 60 * minute,
    interval: retrain === 0 ? Number.POSITIVE_INFINITY : Math.ceil(retrain * minute),
    model,
    seed: forest?.seed ?? seed,
    anchored,
    columns: featureSources(all)
  };
}

const minute = 60_000;

const defaultWarmUp = {sessions: 500, flows: 2000} as const;

function opened(model: ArrayBuffer): Forest {
  let forest: Forest;
  try {
    forest = openForest(model);
  } catch (error) {
    throw new InputError((error as Error).message);
  }
  if (forest.parameters.missing === "fail") throw new InputError("expected a model that takes missing values");
  return forest;
}

function requireColumn(kind: RowKind, feature: string): void {
  const {column, isLog} = parseFeature(feature);
  const {role, type} = describeColumn(column);
  const names = kind === "sessions" ? sessionTable : flowColumns;
  const isOne = role === "feature" && names.some(({name}) => name === column);
  if (!isOne || (isLog && type !== "number")) throw new InputError(`${kind} have no such feature: ${feature}`);
}
