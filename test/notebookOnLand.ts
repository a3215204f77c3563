import {onLand} from "../lib/node/onLand.js";
import {readTraffic} from "../lib/node/readTraffic.js";
import {numbers, takeRows} from "../lib/traffic/table.js";

const traffic = await readTraffic("data/notebook/traffic.csv");
const reasonOf = onLand(traffic);
const rows = Array.from({length: traffic.rows}, (_, row) => row).filter((row) => reasonOf(row) === null);
const kept = takeRows(traffic, rows);

/** The R notebook’s sessions that lie on land: what its forest sees, and the labels. */
export const features = Object.fromEntries(
  ["request_rate", "session_duration", "unique_paths_visited"].map((name) => [name, numbers(kept, name)])
);
export const label = numbers(kept, "fake_traffic");
