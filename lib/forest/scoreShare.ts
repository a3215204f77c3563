import {inTurns, type Turns} from "../inTurns.js";
import {type Features, namesOf, rowsOf} from "./features.js";
import type {Forest} from "./forest.js";
import {growTrees} from "./growForest.js";
import {joinForests} from "./joinForests.js";
import type {ForestParameters} from "./parameters.js";
import {scoreRows} from "./scoreRows.js";
import {rangeOf, type Share} from "./share.js";

/**
 * What one of several workers does to score all rows: grows its range of the trees, gives them to the others and gets
 * theirs, then scores its range of the rows, in turns. The scores of all parts, one after the other, are those of one
 * forest grown and asked at once, to the bit. Null when stopped.
 */
export async function scoreShare(
  features: Features,
  parameters: ForestParameters,
  share: Share,
  turns: Turns,
  exchange: (part: Forest | null) => Promise<readonly (Forest | null)[] | null>
): Promise<Float64Array | null> {
  const names = namesOf(features);
  const grown: Forest[] = [];
  const grow = (from: number, to: number) => {
    grown.push(growTrees(features, names, parameters, {from, to}));
  };
  if (!(await inTurns(rangeOf(parameters.trees, share), turns, grow))) return null;
  const parts = await exchange(grown.length === 0 ? null : joinForests(grown));
  if (parts === null) return null;
  const forest = joinForests(parts.filter((part) => part !== null));
  const range = rangeOf(rowsOf(features), share);
  const score = new Float64Array(range.to - range.from);
  const scoreBlock = (from: number, to: number) => {
    score.set(scoreRows(forest, slice(features, from, to)), from - range.from);
  };
  return (await inTurns(range, turns, scoreBlock, leastRows)) ? score : null;
}

// Fewer rows at once would leave WebAssembly waiting for the next block.
const leastRows = 1024;

function slice(features: Features, from: number, to: number): Features {
  return Object.fromEntries(
    Object.entries(features).map(([name, column]) => [
      name,
      column instanceof Float64Array
        ? column.subarray(from, to)
        : {codes: column.codes.subarray(from, to), values: column.values}
    ])
  );
}
