import {type Features, namesOf} from "../lib/forest/features.js";
import type {Forest} from "../lib/forest/forest.js";
import {growTrees} from "../lib/forest/growForest.js";
import {joinForests} from "../lib/forest/joinForests.js";
import type {ForestParameters} from "../lib/forest/parameters.js";
import {inTurns} from "../lib/inTurns.js";
import {pageTurns} from "./pageTurns.js";

/**
 * The forest of these features and parameters, the same to the byte as grown at once, while the page goes on answering.
 * Never settles when it is invalidated before.
 */
export async function forestInTurns(
  features: Features,
  parameters: ForestParameters,
  invalidation: Promise<void>
): Promise<Forest> {
  let isStale = false;
  invalidation.then(() => {
    isStale = true;
  });
  const names = namesOf(features);
  const grown: Forest[] = [];
  const grow = (from: number, to: number) => {
    grown.push(growTrees(features, names, parameters, {from, to}));
  };
  const isDone = await inTurns(
    {from: 0, to: parameters.trees},
    pageTurns(() => isStale),
    grow
  );
  return isDone ? joinForests(grown) : new Promise(() => {});
}
