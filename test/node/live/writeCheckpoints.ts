// Writes checkpoints that name their number, each with as much data, until it is killed; says which are written.
import {writeCheckpoint} from "../../../lib/node/live/checkpoint.js";

const [folder, from] = process.argv.slice(2);
for (let number = Number(from); ; ++number) {
  await writeCheckpoint(folder!, {number, filling: new Float64Array(200_000).fill(number)});
  process.stdout.write(`${number}\n`);
}
