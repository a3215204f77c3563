import {expect, test} from "vitest";
import {growForest} from "../../lib/forest/growForest.js";
import {scoreRows} from "../../lib/forest/scoreRows.js";
import {scoreBatches} from "../../lib/node/scoreBatches.js";
import type {Batch} from "../../lib/node/tables/batch.js";

const columns = {x: Float64Array.from({length: 1000}, (_, i) => (i * 37) % 101)};
const forest = growForest(columns, {preset: "paper", seed: 1});

test.each([1, 2, 4])("scoreBatches(forest, batches) keeps their order in %i threads", async (threads) => {
  const scores: number[] = [];
  for await (const {score} of scoreBatches(forest, batches(), {threads})) scores.push(...score);
  expect(Float64Array.from(scores)).toEqual(scoreRows(forest, columns));
});

async function* batches(): AsyncGenerator<Batch> {
  for (let start = 0; start < 1000; start += 40) {
    const x = columns.x.subarray(start, start + 40);
    yield {rows: x.length, columns: {x}, types: new Map(), lines: new Float64Array(x.length), path: ""};
  }
}
