import {readTraffic} from "../../lib/node/readTraffic.js";
import {writeExperiment} from "../../lib/node/writeExperiment.js";
import {sessionFeatureNames} from "../../lib/traffic/sessionFeatures.js";
import {simulate} from "../../lib/traffic/simulate.js";

const cities = await readTraffic("data/cities/cities.csv");

await writeExperiment({
  title: "A week of a website",
  description: "20,000 simulated sessions of people, apps and feed readers, with seven kinds of fakes among them.",
  traffic: simulate("website", {rows: 20_000, days: 7, fakes: 0.06, seed: 1, cities}),
  features: sessionFeatureNames,
  label: "fake_traffic",
  forest: {seed: 1},
  threshold: {rule: "mad", deviations: 3}
});
