import {spawnSync} from "node:child_process";
import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";
import {expect, it} from "vitest";

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const script = fileURLToPath(new URL("../../lib/node/clean.ts", import.meta.url));

it("clean removes the build and what loaders wrote, and keeps bundled packages", {timeout: 30_000}, () => {
  const project = mkdtempSync(join(tmpdir(), "eddy-clean-"));
  const cache = join(project, "src", ".observablehq", "cache");
  for (const path of [
    "_build.json",
    "_node/d3/index.js",
    "_npm/d3/x",
    "_observablehq/client.js",
    "experiments/a.zip"
  ]) {
    write(join(cache, path));
  }
  write(join(project, "dist", "index.html"));
  write(join(project, "src", "index.md"));
  clean(project);
  expect(readdirSync(project)).toEqual(["src"]);
  expect(readdirSync(join(project, "src"))).toEqual([".observablehq", "index.md"]);
  expect(readdirSync(cache)).toEqual(["_node", "_npm"]);
  rmSync(project, {recursive: true});
});

it("clean has nothing to do in a fresh checkout", {timeout: 30_000}, () => {
  const project = mkdtempSync(join(tmpdir(), "eddy-clean-"));
  clean(project);
  expect(readdirSync(project)).toEqual([]);
  rmSync(project, {recursive: true});
});

function clean(project: string): void {
  const {status, stderr} = spawnSync(process.execPath, ["--import", tsx, script], {cwd: project, encoding: "utf8"});
  expect([status, stderr]).toEqual([0, ""]);
}

function write(path: string): void {
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, "");
}
