import {readFileSync} from "node:fs";

/** What caret answers at a threshold; null where it gives NA or NaN. */
interface GoldenConfusion {
  threshold: number;
  tn: number;
  fp: number;
  fn: number;
  tp: number;
  overall: Record<string, number | null>;
  byClass: Record<string, number | null>;
}

/** A point of the ROC curve that pROC calls best; null at an infinite threshold. */
interface GoldenPoint {
  threshold: number | null;
  sensitivity: number;
  specificity: number;
}

/** One set of labels and scores with R’s answers; null at the infinite ends of the thresholds. */
export interface Golden {
  label: number[];
  score: number[];
  expected: {
    auc: number;
    auc_delong_95: {lower: number; estimate: number; upper: number};
    auc_variance_delong: number;
    "partial_auc_specificity_0.9_to_1": number;
    partial_auc_corrected: number;
    roc: {threshold: (number | null)[]; sensitivity: number[]; specificity: number[]};
    /** With pROC’s `youden`, which is sensitivity + specificity. */
    best_youden: (GoldenPoint & {youden: number})[];
    best_closest_topleft: GoldenPoint[];
    pr_auc_integral: number;
    pr_auc_davis_goadrich: number;
    confusion: GoldenConfusion[];
  };
}

/** Two scores of the same rows with DeLong’s paired test. */
export interface GoldenPair {
  label: number[];
  score: number[];
  other: number[];
  expected: {statistic: number; p_value: number; auc: [number, number]};
}

/** Goldens have 15 significant digits; nothing that is computed from them should differ by more than this. */
export const tolerance = 1e-9;

const {paired: pair, ...cases} = JSON.parse(
  readFileSync(new URL("../goldens/evaluation.json", import.meta.url), "utf8")
);

/** The rows of the case `ties` with a second score. */
export const paired: GoldenPair = pair;

/** The six golden cases by name. */
export const goldens = Object.entries(cases as Record<string, Golden>);

/** The R notebook’s 318 sessions with isotree’s score. */
export const notebook: Golden = cases.notebook;
