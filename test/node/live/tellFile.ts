// Appends the same alerts in every run and tells them to a file, as eddy live would; says how far it is.
import {setTimeout} from "node:timers/promises";
import {EventLog} from "../../../lib/node/live/eventLog.js";
import {Delivery} from "../../../lib/node/live/outputs/delivery.js";
import {JsonLines} from "../../../lib/node/live/outputs/jsonLines.js";
import {changes} from "./alerts.js";

const [folder, alerts, count] = process.argv.slice(2);
const log = await EventLog.open(folder!);
const delivery = await Delivery.open(new JsonLines(alerts!), log, {folder: folder!});
for (let from = 1; from <= Number(count); from += 7) {
  await log.append(changes(7, from));
  await setTimeout(1);
  process.stdout.write(`${delivery.state().sequence}\n`);
}
await delivery.close(10_000);
