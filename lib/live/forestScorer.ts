import type {Forest} from "../forest/forest.js";
import {scoreRows} from "../forest/scoreRows.js";
import {featureSources, featuresOf} from "../traffic/featureColumn.js";
import type {ModelScorer} from "./modelScorer.js";

/** Scores rows with a forest that was kept, of which no threshold is known. */
export function forestScorer(forest: Forest, name: string): ModelScorer {
  const isText = new Set(forest.features.filter((_, j) => forest.categories[j] !== null));
  return {
    name,
    columns: featureSources(forest.features).map((column) => ({
      name: column,
      type: isText.has(column) ? "text" : "number"
    })),
    threshold: null,
    score: (_rows, columns) => scoreRows(forest, featuresOf({columns}, forest.features))
  };
}
