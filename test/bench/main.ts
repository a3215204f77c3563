// Measures the forest, evaluation, the reading of logs, the rest of the library, the built site, and eddy live under load for
// some seconds. Run: npm run bench [-- forest evaluation … --seconds 600]
import {parseArgs} from "node:util";
import {measureEvaluation} from "./evaluation.js";
import {measureForest} from "./forest.js";
import {measureLibrary} from "./library.js";
import {measureLive} from "./live.js";
import {measureLogs} from "./logs.js";
import type {Measure} from "./measure.js";
import {measureSite} from "./site.js";
import {measureWatch} from "./watch.js";

const parts = {
  forest: measureForest,
  evaluation: measureEvaluation,
  logs: measureLogs,
  library: measureLibrary,
  site: measureSite,
  watch: measureWatch,
  live: () => measureLive(Number(values.seconds))
};
const {values, positionals} = parseArgs({
  options: {json: {type: "boolean"}, seconds: {type: "string", default: "60"}},
  allowPositionals: true
});
const names = positionals.length > 0 ? positionals : Object.keys(parts);
const measures: Record<string, Measure> = {};
for (const name of names) {
  if (!Object.hasOwn(parts, name)) {
    console.error(`unknown benchmark, expected ${Object.keys(parts).join(", ")}: ${name}`);
    process.exit(2);
  }
  const measured = await parts[name as keyof typeof parts]();
  measures[name] = measured;
  if (!values.json) print(name, measured);
}
if (values.json) console.log(JSON.stringify({node: process.version, ...measures}, null, 2));

function print(title: string, measure: Measure): void {
  const plain = Object.entries(measure).filter(([, value]) => typeof value !== "object");
  if (plain.length > 0) {
    console.log(`\n${title}`);
    console.table(Object.fromEntries(plain.map(([name, value]) => [name, {milliseconds: value}])));
  }
  for (const [name, value] of Object.entries(measure)) {
    if (Array.isArray(value)) {
      console.log(`\n${title}: ${name}`);
      console.table(value);
    } else if (typeof value === "object") print(`${title}: ${name}`, value as Measure);
  }
}
