import {type SpawnOptions, spawn} from "node:child_process";
import {once} from "node:events";
import {InputError} from "../inputError.js";
import {buildNeeded} from "./buildNeeded.js";

/** Builds the site of a project where it is missing or out of date; throws an InputError when that fails. */
export async function buildSite(project: string): Promise<void> {
  const reason = buildNeeded(project);
  if (reason === undefined) return;
  process.stderr.write(`building the site: ${reason}\n`);
  const [code, signal] = await runBuild(project);
  if (signal) throw new InputError(`the build was stopped by ${signal}`);
  if (code) throw new InputError(`the build failed with code ${code}`);
}

/** Runs the project’s own build script with the npm that runs this one. */
async function runBuild(project: string): Promise<[code: number | null, signal: NodeJS.Signals | null]> {
  const npm = process.env.npm_execpath;
  const hasGroups = process.platform !== "win32";
  // The build’s words are messages, and the standard output is for data.
  const options: SpawnOptions = {cwd: project, stdio: ["ignore", 2, 2], detached: hasGroups};
  const child = npm
    ? spawn(process.execPath, [npm, "run", "build"], options)
    : spawn("npm run build", {...options, shell: true});
  const stop = () => void process.kill(hasGroups ? -child.pid! : child.pid!, "SIGTERM");
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const [code, signal] = await once(child, "exit");
  process.off("SIGINT", stop).off("SIGTERM", stop);
  return [code, signal];
}
