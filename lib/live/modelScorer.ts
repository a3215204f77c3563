import {featureSources} from "../traffic/featureColumn.js";
import {describeColumn} from "../traffic/schema.js";
import type {Column} from "../traffic/table.js";
import type {LiveModel} from "./liveModel.js";

/** Scores rows of given columns, as a model does at the time. */
export interface ModelScorer {
  /** What it is, such as the file of a model or the generation of a watch’s. */
  readonly name: string;
  /** Columns that rows must have, and whether they are numbers or text. */
  readonly columns: readonly {readonly name: string; readonly type: "number" | "text"}[];
  /** A row is flagged when its score is greater; null where nothing has chosen one. */
  readonly threshold: number | null;
  /** Throws where a column is missing, and an InputError on a value that it cannot take, with the number of its row from 1. */
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
