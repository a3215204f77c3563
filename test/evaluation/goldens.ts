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

/** One set of labels and scores with R’s answers; null at the infinite ends of the thresholds. */
export interface Golden {
  label: number[];
  score: number[];
  expected: {
    auc: number;
    roc: {threshold: (number | null)[]; sensitivity: number[]; specificity: number[]};
    pr_auc_integral: number;
    confusion: GoldenConfusion[];
  };
}

/** Goldens have 15 significant digits; nothing that is computed from them should differ by more than this. */
export const tolerance = 1e-9;

const {paired: _, ...cases} = JSON.parse(readFileSync(new URL("../goldens/evaluation.json", import.meta.url), "utf8"));

/** The six golden cases by name. */
export const goldens = Object.entries(cases as Record<string, Golden>);

/** The R notebook’s 318 sessions with isotree’s score. */
export const notebook: Golden = cases.notebook;
