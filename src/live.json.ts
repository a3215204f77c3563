import {readFileSync} from "node:fs";
import {gunzipSync} from "node:zlib";
import {combined} from "../lib/formats/accessLog.js";
import {recordAlerts} from "../lib/live/recordAlerts.js";
import {trainModel} from "../lib/live/trainModel.js";
import {openInput} from "../lib/node/inputFile.js";
import {readTable} from "../lib/node/readTable.js";
import {Ingest} from "../lib/traffic/ingest.js";
import {categories, numbers} from "../lib/traffic/table.js";

// A watch of the lab’s access log. Most of what it sees is attacks, which is no traffic to learn ordinary from: the model
// learns from every second genuine client, a day before.
const file = "access.log";
const bytes = gunzipSync(readFileSync("data/lab/access.log.gz"));
const before = await ordinaryDay(bytes.toString());
const warmUp = sessionsIn(before);
const recording = await recordAlerts({file, bytes, before, model: {warmUp, retrain: 0, window: 48}}, async (request) =>
  trainModel(request)
);
const about = {
  title: "A quarter of an hour of a real nginx, its visitors and the tools that attack it",
  file,
  learned: `The model learned from ${warmUp} sessions of genuine clients, which were replayed to it as if they had come the day before: every second client of the same quarter of an hour. By their labels attackers were left out of it; the watch itself knows no labels.`
};
process.stdout.write(JSON.stringify({about, ...recording}));

async function ordinaryDay(log: string): Promise<Uint8Array> {
  const labels = await readTable(await openInput("data/lab/labels.csv"));
  const client = categories(labels, "client");
  const isFake = numbers(labels, "fake_traffic");
  const genuine = Array.from(client.codes, (code) => client.values[code]!).filter((_, row) => isFake[row] === 0);
  const learned = new Set(genuine.filter((_, i) => i % 2 === 0));
  const lines = log.split("\n").filter((line) => learned.has(line.slice(0, line.indexOf(" "))));
  return new TextEncoder().encode(lines.map((line) => `${line.replace("[28/", "[27/")}\n`).join(""));
}

function sessionsIn(log: Uint8Array): number {
  const ingest = new Ingest();
  ingest.begin(file, combined);
  ingest.push(log);
  ingest.endFile();
  ingest.end();
  return ingest.take()!.rows;
}
