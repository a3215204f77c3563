import {reportedLabels} from "./evaluation/choosingHalf.js";
import {type ConfusionMatrix, confusionMatrix} from "./evaluation/confusionMatrix.js";
import {auc} from "./evaluation/rocCurve.js";
import {scoreLevels} from "./evaluation/scoreLevels.js";
import {chooseThreshold, type ThresholdRule} from "./evaluation/threshold.js";
import type {Forest} from "./forest/forest.js";
import {growForest} from "./forest/growForest.js";
import type {ForestOptions, ForestParameters} from "./forest/parameters.js";
import {scoreRows} from "./forest/scoreRows.js";
import {InputError} from "./inputError.js";
import {availableFeatures} from "./traffic/availableFeatures.js";
import {clientsOf} from "./traffic/clients.js";
import {daysOf} from "./traffic/daysOf.js";
import {deriveColumns} from "./traffic/deriveColumns.js";
import {featureSources, featuresOf, parseFeature} from "./traffic/featureColumn.js";
import {featuresToGrow} from "./traffic/featuresToGrow.js";
import {type Column, isNumbers, labelOf, type Table, takeRows} from "./traffic/table.js";
import {describeSource, type Source, type Traffic, trafficNumbers} from "./traffic/traffic.js";
import {trafficFeature} from "./traffic/trafficFeature.js";

/** Decides which rows an experiment uses: for its traffic, the reason to drop a row, or null to keep it. */
export type Keep = (traffic: Traffic) => (row: number) => string | null;

/** An experiment, as its loader declares it. */
export interface Experiment {
  readonly title: string;
  /** One or two sentences on what the traffic is and what the experiment asks. */
  readonly description?: string;
  readonly traffic: Traffic;
  readonly keep?: Keep;
  /**
   * What the forest sees: columns of numbers or of text, or `log(column)`, log₁₀(1 + x) of numbers from 0. Of logs, by default
   * what is there of the default features of sessions or flows.
   */
  readonly features?: readonly string[];
  /**
   * Whether a row that misses a number among the features is dropped, or kept for the forest to place, the default of logs
   * and only of these. A missing text is always kept.
   */
  readonly missing?: "drop" | "keep";
  /** Column of labels, if there are any: 1 fake, 0 genuine, missing unknown. The forest never sees it. */
  readonly label?: string;
  readonly forest?: ForestOptions;
  readonly threshold: ThresholdRule;
}

/** What an experiment did and found, with all that is needed to do it again. */
export interface Summary {
  readonly title: string;
  readonly description: string;
  readonly source: Source;
  readonly rows: {
    readonly read: number;
    readonly kept: number;
    readonly dropped: readonly Dropped[];
    /** Kept rows that miss a feature, by its column; left out where none may. */
    readonly missing?: readonly {readonly column: string; readonly count: number}[];
  };
  readonly features: readonly string[];
  readonly label: string | null;
  readonly forest: ForestParameters;
  readonly threshold: {readonly rule: ThresholdRule; readonly value: number};
  readonly results: {
    readonly flagged: number;
    /** Area under the ROC curve, null without both labels. */
    readonly auc: number | null;
    /**
     * Counts at the threshold, null without labels; where the rule has chosen by labels, of the half that it has not seen,
     * while the other half counts as unknown.
     */
    readonly confusion: ConfusionMatrix | null;
  };
}

/** A summary as its archive holds it, with the experiment’s name and the versions that made it. */
export interface NamedSummary extends Summary {
  readonly name: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** Rows that were left out for one reason. */
export interface Dropped {
  readonly reason: string;
  readonly count: number;
}

export interface ExperimentResult {
  /** The kept rows with the columns derived from them, `anomaly_score` and `anomaly`. */
  readonly table: Table;
  readonly forest: Forest;
  readonly summary: Summary;
}

/**
 * Runs an experiment: keeps rows, trains the forest, scores, chooses the threshold, evaluates. The same experiment gives
 * the same result to the bit. Throws an InputError on a missing column, on labels other than 0, 1 and missing, and when no
 * row is left.
 */
export function runExperiment(experiment: Experiment): ExperimentResult {
  const {title, description = "", traffic, label = null, threshold: rule} = experiment;
  const {features, missing: whenMissing} = withDefaults(experiment);
  const {table: kept, dropped} = keepRows({...experiment, features, missing: whenMissing});
  const columns = featuresOf(kept, features, placesIn(traffic.source, kept));
  const forest = growForest(featuresToGrow(columns), experiment.forest);
  const score = scoreRows(forest, columns);
  const missing = whenMissing === "keep" ? {missing: missingIn(kept, features)} : {};
  const labels = labelOf(kept, label);
  const time = kept.columns.timestamp;
  const days = isNumbers(time) ? daysOf(time) : Number.NaN;
  const client = clientsOf(kept);
  const threshold = chooseThreshold(score, rule, {label: labels, client, days});
  const anomaly = score.map((s) => (s > threshold ? 1 : 0));
  const area = labels === null ? Number.NaN : auc(scoreLevels(labels, score));
  return {
    table: deriveColumns({...kept, columns: {...kept.columns, anomaly_score: score, anomaly}}),
    forest,
    summary: {
      title,
      description,
      source: traffic.source,
      rows: {read: traffic.rows, kept: kept.rows, dropped, ...missing},
      features,
      label,
      forest: forest.parameters,
      threshold: {rule, value: threshold},
      results: {
        flagged: anomaly.reduce((sum, a) => sum + a, 0),
        auc: Number.isNaN(area) ? null : area,
        confusion: labels === null ? null : confusionMatrix(reportedLabels(labels, rule, client), score, threshold)
      }
    }
  };
}

function withDefaults({traffic, features, missing}: Experiment): Required<Pick<Experiment, "features" | "missing">> {
  const {source} = traffic;
  if (source.type !== "logs") return {features: features ?? [], missing: missing ?? "drop"};
  return {features: features ?? availableFeatures(traffic, source.rows).features, missing: missing ?? "keep"};
}

function keepRows({
  traffic,
  keep,
  features,
  label,
  missing
}: Experiment & Required<Pick<Experiment, "features" | "missing">>): {table: Table; dropped: Dropped[]} {
  if (features.length === 0 && traffic.source.type === "logs") {
    throw new InputError(
      `${describeSource(traffic.source)}: expected ${traffic.source.rows} that differ, got ${traffic.rows}`
    );
  }
  if (features.length === 0) throw new Error("expected features, got none");
  if (label !== undefined && featureSources(features).includes(label)) {
    throw new Error(`expected features without the label: ${label}`);
  }
  const sources = features.map((name) => ({name: parseFeature(name).column, column: trafficFeature(traffic, name)}));
  const needed = missing === "drop" ? sources.filter(({column}) => isNumbers(column)) : [];
  if (label !== undefined) requireLabels(traffic, label);
  const reasonOf = keep?.(traffic);
  const counts = new Map<string, number>();
  const rows: number[] = [];
  for (let row = 0; row < traffic.rows; ++row) {
    const missed = needed.find(({column}) => isMissingAt(column, row));
    const reason = missed === undefined ? (reasonOf?.(row) ?? null) : `no ${missed.name}`;
    if (reason === null) rows.push(row);
    else counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const dropped = Array.from(counts, ([reason, count]) => ({reason, count}));
  if (rows.length === 0) throw new InputError(`${describeSource(traffic.source)}: expected rows to keep, got none`);
  return {table: takeRows(traffic, rows), dropped};
}

function requireLabels(traffic: Traffic, name: string): void {
  const placeOf = placesIn(traffic.source, traffic);
  for (const [row, label] of trafficNumbers(traffic, name).entries()) {
    if (label === 0 || label === 1 || Number.isNaN(label)) continue;
    throw new InputError(`${placeOf(row)}: invalid ${name}: ${label}`);
  }
}

function placesIn(source: Source, {columns}: Table): (row: number) => string {
  const {source_line: lines} = columns;
  return (row) => `${describeSource(source)}:${isNumbers(lines) ? lines[row]! : row + 1}`;
}

function missingIn({columns, rows}: Table, features: readonly string[]) {
  const all = Array.from({length: rows}, (_, row) => row);
  return featureSources(features)
    .map((column) => ({column, count: all.filter((row) => isMissingAt(columns[column]!, row)).length}))
    .filter(({count}) => count > 0);
}

function isMissingAt(column: Column, row: number): boolean {
  return isNumbers(column) ? Number.isNaN(column[row]!) : column.codes[row]! < 0;
}
