import {existsSync, readdirSync, rmSync} from "node:fs";
import {join} from "node:path";

// A build takes a loader's output from the cache, whatever has changed since, so every build starts without any.
// Bundled packages stay, as their folders carry their versions.
const cache = join("src", ".observablehq", "cache");
const outputs = existsSync(cache) ? readdirSync(cache).filter((name) => name !== "_node" && name !== "_npm") : [];

for (const path of ["dist", ...outputs.map((name) => join(cache, name))]) rmSync(path, {recursive: true, force: true});
