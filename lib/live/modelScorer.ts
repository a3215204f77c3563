import {featureSources} from "../traffic/featureColumn.js";
import {describeColumn} from "../traffic/schema.js";
import type {Column} from "../traffic/table.js";
import type {LiveModel} from "./liveModel.js";

/** Scores rows of given columns, as a model does at the time. */
export interface ModelScorer {
  readonly name: string;
  readonly columns: readonly {readonly name: string; readonly type: "number" | "text"}[];
  readonly threshold: number | null;
  /** Throws where a column is missing, or holds what the model cannot take. */
  score(rows: number, columns: Readonly<Record<string, Column>>): Float64Array;
}

/** Scores rows as a model that is watching does. */
export function modelScorer(model: LiveModel): ModelScorer {
  const columns = featureSources(model.state().features).map((name) => {
    const type = describeColumn(name).type === "text" ? ("text" as const) : ("number" as const);
    return {name, type};
  });
  return {
    name: `model ${model.generation}`,
    columns,
    threshold: model.threshold,
    score: (rows, given) => model.score({rows, columns: given})
  };
}
