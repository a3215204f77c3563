import {readTraffic} from "../../lib/node/readTraffic.js";
import {writeExperiment} from "../../lib/node/writeExperiment.js";

await writeExperiment({
  title: "A recorded network",
  description:
    "Flows of a packet capture: browsers, lookups, shells and sensors, and scans, floods, beacons and tunnels. At this threshold sweeps, exfiltration and some of the port scans are caught; beacons, slow-loris, guessed passwords and attacks that look like browsing pass. Where it fails, by tool, says which.",
  traffic: await readTraffic("data/lab/capture.pcap.gz", {labels: "data/lab/labels.csv"}),
  label: "fake_traffic",
  forest: {seed: 1},
  threshold: {rule: "mad", deviations: 2}
});
