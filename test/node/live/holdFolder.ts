// Opens a state folder, says so, and holds it until the standard input ends.
import {openStateFolder} from "../../../lib/node/live/stateFolder.js";

try {
  await openStateFolder(process.argv[2]!);
  process.stdout.write("held\n");
  process.stdin.resume();
} catch (error) {
  process.stdout.write(`${(error as Error).message}\n`);
}
