import {type ChildProcess, spawn} from "node:child_process";
import {createRequire} from "node:module";
import {pathToFileURL} from "node:url";
import {onTestFinished} from "vitest";

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

/** Runs a module of this folder in a process of its own, which is killed when the test ends; a limit is of file size, in KB. */
export function run(module: string, args: readonly string[], limit?: number): ChildProcess {
  const words = [process.execPath, "--import", tsx, new URL(module, import.meta.url).pathname, ...args];
  const shell = ["-c", `${limit === undefined ? "" : `ulimit -f ${limit}; `}exec "$@"`, "sh", ...words];
  const child = spawn("bash", shell, {stdio: ["pipe", "pipe", "inherit"]});
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}
