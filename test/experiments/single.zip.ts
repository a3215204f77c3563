import {writeExperiment} from "../../lib/node/writeExperiment.js";
import {tableOf} from "../../lib/traffic/table.js";

await writeExperiment({
  title: "One row",
  traffic: {
    ...tableOf({request_rate: Float64Array.of(1), fake_traffic: Float64Array.of(0)}),
    source: {type: "simulation", scenario: "one", parameters: {}}
  },
  features: ["request_rate"],
  label: "fake_traffic",
  threshold: {rule: "mad", deviations: 3}
});
