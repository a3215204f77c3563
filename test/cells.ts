import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {pageCells} from "./pageCells.js";

// Framework only strips types; this writes what tsc can check, where its rootDirs let imports resolve as on the pages.
const output = join("src", ".observablehq", "check");
rmSync(output, {recursive: true, force: true});

for (const path of readdirSync("src", {recursive: true, encoding: "utf8"})) {
  if (!path.endsWith(".md") || /^(\.observablehq|lib)[\\/]/.test(path)) continue;
  const file = join(output, `${path}.ts`);
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(file, pageCells(readFileSync(join("src", path), "utf8")));
}
