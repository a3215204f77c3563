import {writeExperiment} from "../../lib/node/writeExperiment.js";
import {simulate} from "../../lib/traffic/simulate.js";

await writeExperiment({
  title: "No labels, no places",
  traffic: simulate("notebook", {rows: 200, seed: 2}),
  features: ["request_rate", "session_duration"],
  forest: {preset: "paper", seed: 1},
  threshold: {rule: "quantile", share: 0.05}
});
