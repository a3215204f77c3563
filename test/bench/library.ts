// Measures the library in Node, as JSON, each time the median of runs in milliseconds. Run: npm run bench
import {confusionMatrix} from "../../lib/evaluation/confusionMatrix.js";
import {auc, rocCurve} from "../../lib/evaluation/rocCurve.js";
import {growForest} from "../../lib/forest/growForest.js";
import {scoreRows} from "../../lib/forest/scoreRows.js";
import {countryAt} from "../../lib/node/onLand.js";
import {readTraffic} from "../../lib/node/readTraffic.js";
import {randomSource} from "../../lib/random.js";
import {sessionFeatureNames} from "../../lib/traffic/sessionFeatures.js";
import {simulate} from "../../lib/traffic/simulate.js";
import {numbers} from "../../lib/traffic/table.js";

const runs = 5;
const cities = await readTraffic("data/cities/cities.csv");
const website = () => simulate("website", {rows: 20_000, days: 7, seed: 1, cities});
const traffic = website();
const features = Object.fromEntries(sessionFeatureNames.map((name) => [name, numbers(traffic, name)]));
const forest = growForest(features, {preset: "paper"});
const label = numbers(traffic, "fake_traffic");
const score = scoreRows(forest, features);
const at = countryAt();

const milliseconds = {
  "100,000 countries looked up": time(() => {
    const random = randomSource(1);
    for (let i = 0; i < 100_000; ++i) at(random() * 180 - 90, random() * 360 - 180);
  }),
  "20,000 sessions of website simulated": time(website),
  "100 trees of 256 rows grown from 20,000 × 8": time(() => growForest(features, {preset: "paper"})),
  "20,000 × 8 rows scored by 100 trees": time(() => scoreRows(forest, features)),
  "ROC, its area and a confusion matrix of 20,000 rows": time(() => {
    rocCurve(label, score);
    auc(label, score);
    confusionMatrix(label, score, 0.5);
  })
};
console.log(JSON.stringify({node: process.version, runs, milliseconds}, null, 2));

function time(run: () => unknown): number {
  const times = Array.from({length: runs}, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Number(times.sort((a, b) => a - b)[runs >> 1]!.toFixed(1));
}
