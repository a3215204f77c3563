import {onLand} from "../../lib/node/onLand.js";
import {readTraffic} from "../../lib/node/readTraffic.js";
import {writeExperiment} from "../../lib/node/writeExperiment.js";

await writeExperiment({
  title: "The R notebook’s 318 sessions",
  description: "A thousand simulated sessions; the 318 on land are kept, as in the original.",
  traffic: await readTraffic("data/notebook/traffic.csv"),
  keep: onLand,
  features: ["request_rate", "session_duration", "unique_paths_visited"],
  label: "fake_traffic",
  forest: {seed: 1},
  threshold: {rule: "mad", deviations: 3}
});
