import {mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {afterEach, beforeEach, expect, it} from "vitest";
import {buildNeeded} from "../../lib/node/buildNeeded.js";

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "eddy-project-"));
  for (const path of ["src/index.md", "src/pages/a.md", "lib/a.ts", "data/raw/a.csv", "observablehq.config.ts"])
    put(path, 1);
  put("package-lock.json", 1);
  put("dist/index.html", 2);
  put("dist/_file/a.csv", 2);
  put("src/.observablehq/cache/_build.json", 3);
  symlinkSync(join("..", "lib"), join(project, "src", "lib"));
  for (const path of ["src", "src/pages", "lib", "data", "data/raw", "dist", "dist/_file"]) age(path, 2);
});

afterEach(() => rmSync(project, {recursive: true}));

it("buildNeeded(project) is undefined after a build", () => {
  expect(buildNeeded(project)).toBeUndefined();
});

it("buildNeeded(project) wants a build when there is none", () => {
  rmSync(join(project, "dist"), {recursive: true});
  expect(buildNeeded(project)).toBe("there is no build");
});

it("buildNeeded(project) sees a build that stopped before its first page", () => {
  rmSync(join(project, "dist", "index.html"));
  expect(buildNeeded(project)).toBe("there is no build");
});

it("buildNeeded(project) sees a build that was cleaned before and did not write its manifest", () => {
  rmSync(join(project, "src/.observablehq/cache/_build.json"));
  expect(buildNeeded(project)).toBe("the last build is incomplete");
});

it("buildNeeded(project) sees a build that left the manifest of the one before", () => {
  put("dist/_file/b.csv", 4);
  expect(buildNeeded(project)).toBe("the last build is incomplete");
});

it("buildNeeded(project) sees a page that is gone from the build", () => {
  rmSync(join(project, "dist/_file/a.csv"));
  expect(buildNeeded(project)).toBe("the last build is incomplete");
});

it.each(["src/pages/a.md", "lib/a.ts", "data/raw/a.csv", "observablehq.config.ts", "package-lock.json"])(
  "buildNeeded(project) sees a change of %s",
  (path) => {
    age(path, 4);
    expect(buildNeeded(project)).toBe(`${join(path)} has changed`);
  }
);

it("buildNeeded(project) sees a new file and a deleted one", () => {
  put("lib/new.ts", 5);
  age("lib", 4);
  expect(buildNeeded(project)).toBe(`${join("lib", "new.ts")} has changed`);
  rmSync(join(project, "lib/new.ts"));
  expect(buildNeeded(project)).toBe("lib has changed");
});

it("buildNeeded(project) ignores what builds and checks write themselves", () => {
  put("src/.observablehq/check/index.md.ts", 4);
  put("src/.observablehq/cache/experiments/a.zip", 4);
  expect(buildNeeded(project)).toBeUndefined();
});

function put(path: string, time: number): void {
  mkdirSync(dirname(join(project, path)), {recursive: true});
  writeFileSync(join(project, path), "");
  age(path, time);
}

function age(path: string, time: number): void {
  utimesSync(join(project, path), time, time);
}
