import {type ChildProcess, spawn} from "node:child_process";
import {once} from "node:events";
import {existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {type AddressInfo, createServer} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";
import {afterEach, beforeEach, expect, it} from "vitest";

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const script = fileURLToPath(new URL("../../lib/node/start.ts", import.meta.url));
const timeout = 30_000;

let project: string;
let running: ChildProcess[];

beforeEach(() => {
  running = [];
  project = mkdtempSync(join(tmpdir(), "eddy-start-"));
  mkdirSync(join(project, "src"));
  writeFileSync(join(project, "src", "index.md"), "# One");
  writeFileSync(join(project, "package.json"), JSON.stringify({type: "module", scripts: {build: "node build.js"}}));
  writeBuild(`
    import {existsSync, mkdirSync, writeFileSync} from "node:fs";
    for (const folder of ["dist", "src/.observablehq/cache"]) mkdirSync(folder, {recursive: true});
    writeFileSync("dist/index.html", "<p>built");
    writeFileSync("src/.observablehq/cache/_build.json", "{}");
    console.log("building");`);
});

afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(project, {recursive: true, force: true});
});

it("start --help prints the usage", {timeout}, async () => {
  const {code, stdout, stderr} = await start("--help").end;
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^usage: npm start -- \[--port NUMBER\] \[--host ADDRESS\]\n/);
});

it.each([
  [["--port", "x"], "invalid port: x"],
  [["--port", "65536"], "invalid port: 65536"],
  [["--port", "-1"], "Option '--port' argument is ambiguous"],
  [["--port"], "Option '--port <value>' argument missing"],
  [["--host", ""], "missing host"],
  [["--prot", "1"], "Unknown option '--prot'"],
  [["5000"], "Unexpected argument '5000'"]
])("start %j is wrong usage", {timeout}, async (args, message) => {
  const {code, stdout, stderr} = await start(...args).end;
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toBe(`${message} (npm start -- --help tells what there is)\n`);
});

it("start builds once, serves and ends on a signal", {timeout}, async () => {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    const {child, end} = start("--port", "0");
    const response = await fetch(await printedOrigin(child));
    expect([response.status, await response.text()]).toEqual([200, "<p>built"]);
    child.kill(signal);
    const {code, stderr} = await end;
    expect([code, child.signalCode]).toEqual([0, null]);
    expect(stderr.split("\n", 1)).toEqual([
      signal === "SIGTERM" ? "building the site, which takes a minute: there is no build" : ""
    ]);
  }
});

it("start builds again what has changed", {timeout}, async () => {
  for (const reason of ["there is no build", `${join("src", "index.md")} has changed`]) {
    const {child, end} = start("--port", "0");
    await printedOrigin(child);
    child.kill("SIGTERM");
    expect((await end).stderr.split("\n", 1)).toEqual([`building the site, which takes a minute: ${reason}`]);
    const later = Date.now() / 1000 + 60;
    utimesSync(join(project, "src", "index.md"), later, later);
  }
});

it("start ends with 1 if the build fails", {timeout}, async () => {
  writeBuild("process.exit(3);");
  const {code, stderr} = await start("--port", "0").end;
  expect(code).toBe(1);
  expect(stderr).toContain("the build failed with code 3\n");
});

it("start stops the build with itself", {timeout, skip: process.platform === "win32"}, async () => {
  writeBuild(`
    import {writeFileSync} from "node:fs";
    process.on("SIGTERM", () => process.exit(writeFileSync("stopped", "")));
    writeFileSync("running", "");
    setTimeout(() => {}, 60_000);`);
  const {child, end} = start("--port", "0");
  await expect.poll(() => existsSync(join(project, "running")), {timeout: 10_000}).toBe(true);
  child.kill("SIGTERM");
  expect((await end).code).toBe(1);
  await expect.poll(() => existsSync(join(project, "stopped")), {timeout: 10_000}).toBe(true);
});

it("start names the port that is in use", {timeout}, async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const {port} = server.address() as AddressInfo;
  const {code, stderr} = await start("--port", String(port)).end;
  server.close();
  expect(code).toBe(1);
  expect(stderr).toMatch(new RegExp(`\\nport ${port} is in use; choose another with --port NUMBER\\n$`));
});

it("start ends when npm is stopped", {timeout, skip: process.platform === "win32"}, async () => {
  const command = `"${process.execPath}" --import "${tsx}" "${script}" --port 0`;
  writeFileSync(join(project, "package.json"), JSON.stringify({scripts: {build: "node build.js", start: command}}));
  const npm = spawn("npm", ["start"], {cwd: project});
  running.push(npm);
  const origin = await printedOrigin(npm);
  npm.kill("SIGTERM");
  await expect.poll(() => isServed(origin), {timeout: 10_000}).toBe(false);
});

function writeBuild(code: string): void {
  writeFileSync(join(project, "build.js"), code);
}

function start(...args: string[]) {
  const child = spawn(process.execPath, ["--import", tsx, script, ...args], {cwd: project});
  running.push(child);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data) => {
    stdout += data;
  });
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  const end = once(child, "close").then(([code]) => ({code: code as number, stdout, stderr}));
  return {child, end};
}

function printedOrigin(child: ChildProcess): Promise<string> {
  return printed(child, /^Eddy is at (\S+)$/m);
}

/** The part of what a process prints that the pattern captures. */
function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  let text = "";
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on("data", (data) => {
        text += data;
        const match = pattern.exec(text);
        if (match) resolve(match[1]!);
      });
    }
    child.once("close", () => reject(new Error(`ended after printing: ${text}`)));
  });
}

function isServed(origin: string): Promise<boolean> {
  return fetch(origin).then(
    () => true,
    () => false
  );
}
