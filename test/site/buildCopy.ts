import {spawnSync} from "node:child_process";
import {cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";

/**
 * Builds the site from a copy of the project that has the test’s experiments too, without a network where the system can
 * take it away. The result is the copy’s folder. Throws with the build’s output when it fails.
 */
export function buildCopy(): string {
  const copy = mkdtempSync(join(tmpdir(), "eddy-site-"));
  for (const name of ["lib", "data", "package.json", "observablehq.config.ts"]) {
    cpSync(name, join(copy, name), {recursive: true});
  }
  mkdirSync(join(copy, "src"));
  for (const name of readdirSync("src")) {
    if (name !== ".observablehq" && name !== "lib")
      cpSync(join("src", name), join(copy, "src", name), {recursive: true});
  }
  cpSync("test/experiments", join(copy, "src/experiments"), {recursive: true});
  symlinkSync("../lib", join(copy, "src/lib"), "junction");
  symlinkSync(resolve("node_modules"), join(copy, "node_modules"), "junction");
  const [command, ...arguments_] = [...withoutNetwork(), "npm", "run", "build"];
  const {status, stdout, stderr} = spawnSync(command!, arguments_, {cwd: copy, encoding: "utf8"});
  if (status !== 0) throw new Error(`the build failed:\n${stdout}\n${stderr}`);
  return copy;
}

function withoutNetwork(): string[] {
  const isolate = ["unshare", "--map-root-user", "--net"];
  return spawnSync("unshare", [...isolate.slice(1), "true"]).status === 0 ? isolate : [];
}
