import {spawnSync} from "node:child_process";
import {availableParallelism} from "node:os";
import type {Features} from "../../lib/forest/features.js";
import type {Forest} from "../../lib/forest/forest.js";
import {growForest} from "../../lib/forest/growForest.js";
import {type PresetName, presets} from "../../lib/forest/parameters.js";
import {randomNormal} from "../../lib/forest/randomNormal.js";
import {scoreRows} from "../../lib/forest/scoreRows.js";
import {scorePool} from "../../lib/node/scorePool.js";
import {randomSource} from "../../lib/random.js";
import {type Measure, median, repeat} from "./measure.js";

const runs = 5;

/** Two tables as security analysts have them, by rows and columns. */
const shapes = [
  [567_498, 3],
  [286_048, 10]
] as const;

/** Growing and scoring of every preset, how time goes with rows, trees and threads, and scikit-learn beside it. */
export async function measureForest(): Promise<Measure> {
  const kinds: Measure[] = [];
  const reference: Measure[] = [];
  for (const [rows, columns] of shapes) {
    const features = table(rows, columns);
    const learned = scikitLearn(rows, columns);
    for (const preset of Object.keys(presets).filter((name) => name !== "isotree") as PresetName[]) {
      const grow = repeat(runs, () => growForest(features, {preset}));
      const forest = growForest(features, {preset});
      const score = repeat(runs, () => scoreRows({...forest}, features));
      kinds.push({rows, columns, preset, trees: forest.parameters.trees, grow, score, kilobytes: kilobytes(forest)});
      if (preset === "paper" && learned !== null) {
        reference.push({rows, columns, "scikit-learn": learned, eddy: score, ratio: ratio(learned, score)});
      }
    }
  }
  return {
    kinds,
    "scoring beside scikit-learn": reference,
    rows: byRows(),
    trees: byTrees(),
    threads: await byThreads()
  };
}

function byRows(): Measure[] {
  const forest = growForest(table(100_000, 8), {preset: "paper"});
  return [50_000, 100_000, 200_000, 400_000].map((rows) => {
    const features = table(rows, 8);
    const score = repeat(runs, () => scoreRows(forest, features));
    return {rows, score, "nanoseconds a row and tree": Math.round((score / rows / 100) * 1e7) / 10};
  });
}

function byTrees(): Measure[] {
  const features = table(100_000, 8);
  return [50, 100, 200, 400].map((trees) => {
    const grow = repeat(runs, () => growForest(features, {preset: "paper", trees}));
    const forest = growForest(features, {preset: "paper", trees});
    return {trees, grow, score: repeat(runs, () => scoreRows(forest, features)), kilobytes: kilobytes(forest)};
  });
}

async function byThreads(): Promise<Measure[]> {
  const features = table(567_498, 3);
  const measures: Measure[] = [];
  for (const preset of ["paper", "auto"] as const) {
    const forest = growForest(features, {preset});
    const pools = Array.from({length: Math.min(8, availableParallelism())}, (_, i) => scorePool(forest, i + 1));
    const times = pools.map((): number[] => []);
    const blocks = batches(features, 65_536);
    for (let run = 0; run <= runs; ++run) {
      for (const [i, pool] of pools.entries()) {
        const start = performance.now();
        await Promise.all(blocks.map((block) => pool.score(block)));
        // The first run starts the threads.
        if (run > 0) times[i]!.push(performance.now() - start);
      }
    }
    for (const pool of pools) await pool.close();
    for (const [i, {threads}] of pools.entries()) {
      const score = median(times[i]!);
      measures.push({preset, threads, score, speedup: ratio(median(times[0]!), score)});
    }
  }
  return measures;
}

function table(rows: number, columns: number): Record<string, Float64Array> {
  const random = randomSource(1);
  const column = () => Float64Array.from({length: rows}, () => randomNormal(random));
  return Object.fromEntries(Array.from({length: columns}, (_, j) => [`x${j}`, column()]));
}

function batches(features: Record<string, Float64Array>, size: number): Features[] {
  const rows = Object.values(features)[0]!.length;
  return Array.from({length: Math.ceil(rows / size)}, (_, i) =>
    Object.fromEntries(Object.entries(features).map(([name, column]) => [name, column.slice(i * size, (i + 1) * size)]))
  );
}

// One core, 100 trees of 256 rows, scoring only; null where there is no scikit-learn.
function scikitLearn(rows: number, columns: number): number | null {
  const script = `
import time, numpy
from sklearn.ensemble import IsolationForest
X = numpy.random.RandomState(1).randn(${rows}, ${columns})
forest = IsolationForest(n_estimators=100, max_samples=256, random_state=1, n_jobs=1).fit(X[:10000])
start = time.perf_counter()
forest.score_samples(X)
print((time.perf_counter() - start) * 1000)`;
  for (const python of ["python3", "/usr/bin/python3"]) {
    const {status, stdout} = spawnSync(python, ["-c", script], {encoding: "utf8"});
    if (status === 0) return Math.round(Number(stdout));
  }
  return null;
}

function kilobytes(forest: Forest): number {
  return Math.round(forest.buffer.byteLength / 1000);
}

function ratio(a: number, b: number): number {
  return Math.round((a / b) * 100) / 100;
}
