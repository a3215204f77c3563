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
import {clientsOf} from "./traffic/clients.js";
import {daysOf} from "./traffic/daysOf.js";
import {deriveColumns} from "./traffic/deriveColumns.js";
import {isNumbers, labelOf, numbers, type Table, takeRows} from "./traffic/table.js";
import {describeSource, type Source, type Traffic, trafficNumbers} from "./traffic/traffic.js";

/** Decides which rows an experiment uses: for its traffic, the reason to drop a row, or null to keep it. */
export type Keep = (traffic: Traffic) => (row: number) => string | null;

/** An experiment, as its loader declares it. */
export interface Experiment {
  readonly title: string;
  /** One or two sentences on what the traffic is and what the experiment asks. */
  readonly description?: string;
  readonly traffic: Traffic;
  readonly keep?: Keep;
  /** Columns that the forest sees; a row that misses one of them is dropped. */
  readonly features: readonly string[];
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
  readonly rows: {readonly read: number; readonly kept: number; readonly dropped: readonly Dropped[]};
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
  const {title, description = "", traffic, features, label = null, threshold: rule} = experiment;
  const {table: kept, dropped} = keepRows(experiment);
  const columns = Object.fromEntries(features.map((name) => [name, numbers(kept, name)]));
  const forest = growForest(columns, experiment.forest);
  const score = scoreRows(forest, columns);
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
      rows: {read: traffic.rows, kept: kept.rows, dropped},
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

function keepRows({traffic, keep, features, label}: Experiment): {table: Table; dropped: Dropped[]} {
  if (features.length === 0) throw new Error("expected features, got none");
  if (label !== undefined && features.includes(label)) throw new Error(`expected features without the label: ${label}`);
  const columns = features.map((name) => trafficNumbers(traffic, name));
  if (label !== undefined) requireLabels(traffic, label);
  const reasonOf = keep?.(traffic);
  const counts = new Map<string, number>();
  const rows: number[] = [];
  for (let row = 0; row < traffic.rows; ++row) {
    const missing = columns.findIndex((column) => Number.isNaN(column[row]!));
    const reason = missing >= 0 ? `no ${features[missing]}` : (reasonOf?.(row) ?? null);
    if (reason === null) rows.push(row);
    else counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const dropped = Array.from(counts, ([reason, count]) => ({reason, count}));
  if (rows.length === 0) throw new InputError(`${describeSource(traffic.source)}: expected rows to keep, got none`);
  return {table: takeRows(traffic, rows), dropped};
}

function requireLabels(traffic: Traffic, name: string): void {
  const line = traffic.columns.source_line;
  for (const [row, label] of trafficNumbers(traffic, name).entries()) {
    if (label === 0 || label === 1 || Number.isNaN(label)) continue;
    const place = isNumbers(line) ? line[row]! : row + 1;
    throw new InputError(`${describeSource(traffic.source)}:${place}: invalid ${name}: ${label}`);
  }
}
