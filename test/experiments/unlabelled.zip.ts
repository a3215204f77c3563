import {writeExperiment} from "../../lib/node/writeExperiment.js";
import {simulate} from "../../lib/traffic/simulate.js";

const {source, rows, columns} = simulate("notebook", {rows: 200, seed: 2});
const {timestamp, request_rate, session_duration} = columns;

await writeExperiment({
  title: "No labels, no places",
  traffic: {
    source,
    rows,
    columns: {timestamp: timestamp!, request_rate: request_rate!, session_duration: session_duration!}
  },
  features: ["request_rate", "session_duration"],
  forest: {preset: "paper", seed: 1},
  threshold: {rule: "quantile", share: 0.05}
});
