import {spawnSync} from "node:child_process";
import {createWriteStream, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {finished} from "node:stream/promises";
import {bootstrapBands} from "../../lib/evaluation/bootstrapBands.js";
import {delongInterval, delongTest} from "../../lib/evaluation/delong.js";
import {detectionErrorCurve} from "../../lib/evaluation/detectionErrorCurve.js";
import {gainCurve} from "../../lib/evaluation/gainCurve.js";
import {partialAuc} from "../../lib/evaluation/partialAuc.js";
import {
  averagePrecision,
  davisGoadrichArea,
  precisionRecallArea,
  precisionRecallCurve
} from "../../lib/evaluation/precisionRecall.js";
import {auc, rocCurve} from "../../lib/evaluation/rocCurve.js";
import {scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {chooseThreshold, formatRule, parseRule} from "../../lib/evaluation/threshold.js";
import {randomNormal} from "../../lib/forest/randomNormal.js";
import {randomSource} from "../../lib/random.js";
import {type Measure, repeat} from "./measure.js";

const runs = 3;
const rows = 1_000_000;
const rules = ["mad:3", "alerts:100", "tail:0.001", "valley", "youden", "cost:10:1", "precision:0.5"].map(parseRule);

/** Curves, areas, tests and rules of a million rows, bands of 20,000, and the command line on a million. */
export async function measureEvaluation(): Promise<Measure> {
  const random = randomSource(1);
  const label = Float64Array.from({length: rows}, () => (random() < 0.05 ? 1 : 0));
  const score = label.map((y) => randomNormal(random) + 2 * y);
  const other = score.map((s) => s + randomNormal(random));
  const some = scoreLevels(label.subarray(0, 20_000), score.subarray(0, 20_000));
  return {
    rows,
    "all curves and areas, sorting included": repeat(runs, () => {
      const levels = scoreLevels(label, score);
      for (const answer of [auc, precisionRecallArea, davisGoadrichArea, averagePrecision]) answer(levels);
      for (const curve of [rocCurve, precisionRecallCurve, gainCurve, detectionErrorCurve]) curve(levels);
      partialAuc(levels, {axis: "specificity", from: 0.9, to: 1});
      delongInterval(levels);
    }),
    "DeLong’s paired test": repeat(runs, () => delongTest(label, score, other)),
    rules: rules.map((rule) => ({
      rule: formatRule(rule),
      milliseconds: repeat(runs, () => answerOf(() => chooseThreshold(score, rule, {label, days: 30})))
    })),
    "bands of 20,000 rows, 500 replicates": repeat(runs, () => bootstrapBands(some, {replicates: 500})),
    "eddy evaluate of a CSV file": await measureCommand(label, score)
  };
}

// A rule that refuses has answered too.
function answerOf(question: () => number): number {
  try {
    return question();
  } catch {
    return Number.NaN;
  }
}

async function measureCommand(label: Float64Array, score: Float64Array): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "eddy-bench-"));
  const path = join(folder, "scored.csv");
  const file = createWriteStream(path);
  file.write("score,label\n");
  for (let row = 0; row < rows; row += 10_000) {
    const lines = Array.from(score.subarray(row, row + 10_000), (s, i) => `${s},${label[row + i]}\n`);
    file.write(lines.join(""));
  }
  file.end();
  await finished(file);
  const output = join(folder, "answer.json");
  const options = ["--score", "score", "--label", "label", "--output", output];
  const time = repeat(runs, () =>
    spawnSync("npm", ["run", "--silent", "eddy", "--", "evaluate", path, ...options], {stdio: "ignore"})
  );
  rmSync(folder, {recursive: true});
  return time;
}
