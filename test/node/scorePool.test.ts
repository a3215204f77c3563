import {expect, test} from "vitest";
import {growForest} from "../../lib/forest/growForest.js";
import {scoreRows} from "../../lib/forest/scoreRows.js";
import {scorePool} from "../../lib/node/scorePool.js";
import {randomSource} from "../../lib/random.js";

const random = randomSource(1);
const table = {
  x: Float64Array.from({length: 3000}, random),
  y: Float64Array.from({length: 3000}, () => (random() < 0.1 ? Number.NaN : random())),
  agent: {codes: Int32Array.from({length: 3000}, (_, i) => (i % 4) - 1), values: ["chrome", "curl", "wget"]}
};

test("scorePool(forest, threads) gives the bits of one thread, in blocks asked for all at once", async () => {
  for (const preset of ["auto", "paper"] as const) {
    const forest = growForest(table, {preset, trees: 20});
    const pool = scorePool(forest, 3);
    try {
      const starts = [0, 700, 1400, 2100, 2800];
      const blocks = starts.map((start) => block(start, start + 700));
      const scores = await Promise.all(blocks.map((features) => pool.score(features)));
      expect(scores.flatMap((score) => [...score])).toEqual([...scoreRows(forest, table)]);
    } finally {
      await pool.close();
    }
  }
});

test("scorePool(forest, threads) passes on what is wrong with a block, and goes on", async () => {
  const forest = growForest({x: table.x}, {trees: 3});
  const pool = scorePool(forest, 1);
  try {
    await expect(pool.score({y: table.y})).rejects.toThrow("missing feature: x");
    expect(await pool.score({x: table.x})).toHaveLength(3000);
  } finally {
    await pool.close();
  }
});

test("scorePool(forest, threads) of a forest that cannot be opened fails each block", async () => {
  const forest = growForest({x: table.x}, {trees: 3});
  const pool = scorePool({...forest, buffer: new ArrayBuffer(100)}, 2);
  try {
    for (let i = 0; i < 3; ++i)
      await expect(pool.score({x: table.x})).rejects.toThrow("expected a forest, got other bytes");
  } finally {
    await pool.close();
  }
});

function block(start: number, end: number) {
  return {
    x: table.x.slice(start, end),
    y: table.y.slice(start, end),
    agent: {...table.agent, codes: table.agent.codes.slice(start, end)}
  };
}
