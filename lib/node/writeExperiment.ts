import {readFileSync} from "node:fs";
import {basename, relative} from "node:path";
import JSZip from "jszip";
import {type Experiment, type NamedSummary, runExperiment} from "../experiment.js";
import {InputError} from "../inputError.js";
import {tableToArrow} from "../traffic/arrow.js";
import {locate} from "../traffic/locate.js";
import {countryAt} from "./onLand.js";
import {version} from "./version.js";

/**
 * Runs an experiment and writes its archive to standard output, as a loader of the site does: `traffic.arrow`,
 * `forest.bin`, `summary.json` and `loader.txt`, the source of the loader itself. The same bytes in every run.
 */
export async function writeExperiment(experiment: Experiment): Promise<void> {
  const path = process.argv[1]!;
  const {source} = experiment.traffic;
  const traffic = {...locate(experiment.traffic, countryAt()), source};
  const {table, forest, summary} = runExperiment({...experiment, traffic});
  const named: NamedSummary = {name: basename(path, ".zip.ts"), ...summary, versions: {eddy: version()}};

  const archive = new JSZip();
  const add = (name: string, content: string | Uint8Array | ArrayBuffer) =>
    archive.file(name, content, {date: new Date("1980-01-01T00:00:00Z"), createFolders: false});
  add("traffic.arrow", tableToArrow(table));
  add("forest.bin", forest.buffer);
  add("summary.json", `${JSON.stringify(named, null, 2)}\n`);
  add("loader.txt", readFileSync(path, "utf8"));
  process.stdout.write(await archive.generateAsync({type: "nodebuffer", compression: "DEFLATE", platform: "UNIX"}));
}

// Loaders read their input before they call writeExperiment, so that what is wrong with it is only seen here.
process.on("uncaughtException", (error) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
});

// A RangeError is a number or a name in the loader that cannot be: its line is in the loader, not in the stack.
function messageOf(error: Error): string | undefined {
  if (error instanceof InputError) return error.message;
  return error instanceof RangeError ? `${relative(process.cwd(), process.argv[1]!)}: ${error.message}` : error.stack;
}
