// Appends the same changes in every run, a few at a time, as a watch that starts at the beginning; says how far it is.
import {EventLog} from "../../../lib/node/live/eventLog.js";
import {changes} from "./alerts.js";

const [folder, count] = process.argv.slice(2);
const log = await EventLog.open(folder!);
for (let from = 1; from <= Number(count); from += 3) {
  for (;;) {
    try {
      const events = await log.append(changes(3, from));
      process.stdout.write(`${from} ${events.length}\n`);
      break;
    } catch (error) {
      process.stdout.write(`${(error as Error).message}\n`);
      process.exit(1);
    }
  }
}
