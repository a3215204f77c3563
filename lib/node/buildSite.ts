import {type StdioOptions, spawn} from "node:child_process";
import {once} from "node:events";
import {InputError} from "../inputError.js";
import {buildNeeded} from "./buildNeeded.js";

/** Builds the site of a project where it is missing or out of date; throws an InputError when that fails. */
export async function buildSite(project: string): Promise<void> {
  const reason = buildNeeded(project);
  if (reason === undefined) return;
  process.stderr.write(`building the site, which takes a minute: ${reason}\n`);
  const {code, signal, words} = await runBuild(project);
  if (signal) throw new InputError(`the build was stopped by ${signal}`);
  if (!code) return;
  process.stderr.write(words);
  throw new InputError(`the build failed with code ${code}`);
}

interface Built {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last that it said. */
  readonly words: string;
}

/** Runs the project’s own build script with the npm that runs this one. */
async function runBuild(project: string): Promise<Built> {
  const npm = process.env.npm_execpath;
  const hasGroups = process.platform !== "win32";
  const options = {cwd: project, stdio: ["ignore", "pipe", "pipe"] as StdioOptions, detached: hasGroups};
  const child = npm
    ? spawn(process.execPath, [npm, "run", "build"], options)
    : spawn("npm run build", {...options, shell: true});
  const stop = () => {
    try {
      process.kill(hasGroups ? -child.pid! : child.pid!, "SIGTERM");
    } catch {
      // It has just ended by itself.
    }
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  let words = "";
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding("utf8").on("data", (piece: string) => {
      words = (words + piece).slice(-mostWords);
    });
  }
  const [code, signal] = await once(child, "close");
  process.off("SIGINT", stop).off("SIGTERM", stop);
  return {code, signal, words};
}

const mostWords = 20_000;
