import {readTraffic} from "../../lib/node/readTraffic.js";
import {writeExperiment} from "../../lib/node/writeExperiment.js";

await writeExperiment({
  title: "A recorded website",
  description:
    "Sessions of a real nginx: headless browsers and other genuine clients, and the tools that attack websites. Where it fails, by tool, says which are missed.",
  traffic: await readTraffic("data/lab/access.log.gz", {labels: "data/lab/labels.csv"}),
  label: "fake_traffic",
  forest: {seed: 1},
  threshold: {rule: "mcc"}
});
