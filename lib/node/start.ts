import {type SpawnOptions, spawn} from "node:child_process";
import {once} from "node:events";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import {parseArgs} from "node:util";
import {buildNeeded} from "./buildNeeded.js";
import {siteServer} from "./siteServer.js";

const usage = `usage: npm start -- [--port NUMBER] [--host ADDRESS]

Builds the site if it is missing or out of date, then serves it.

  --port NUMBER    the port to listen on, 0 for any free one; default 5000
  --host ADDRESS   the address to listen on; default 127.0.0.1, this machine only
  --help           print this
`;

await start(process.cwd(), process.argv.slice(2));

async function start(project: string, args: string[]): Promise<void> {
  const {port, host, help} = parseOptions(args);
  if (help) return void process.stdout.write(usage);
  if (process.env.npm_lifecycle_event) endWithParent();

  const reason = buildNeeded(project);
  if (reason) {
    process.stderr.write(`building the site: ${reason}\n`);
    await build(project);
  }

  const app = siteServer({
    directory: join(project, "dist"),
    map: "/notebook/map",
    tiles: "https://tile.openstreetmap.org"
  });
  await app.listen({port, host}).catch((error) => fail(1, explain(error, port, host)));
  const address = app.server.address() as AddressInfo;
  process.stdout.write(`Eddy is at http://${host.includes(":") ? `[${host}]` : host}:${address.port}\n`);
  const close = () => void app.close();
  process.once("SIGINT", close).once("SIGTERM", close);
}

/** Stopped by a signal, npm passes it on to the shell that it runs a script in, and that shell ends alone. */
function endWithParent(): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, 250);
  timer.unref();
}

function parseOptions(args: string[]): {port: number; host: string; help: boolean} {
  try {
    const {values} = parseArgs({
      args,
      options: {
        port: {type: "string", default: "5000"},
        host: {type: "string", default: "127.0.0.1"},
        help: {type: "boolean", default: false}
      }
    });
    const {port, host, help} = values;
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) throw new RangeError(`invalid port: ${port}`);
    if (!host) throw new RangeError("missing host");
    return {port: Number(port), host, help};
  } catch (error) {
    return fail(2, `${(error as Error).message.split(/\.?\n|\. /)[0]} (npm start -- --help tells what there is)`);
  }
}

/** Runs the project’s own build script with the npm that runs this one; ends this process if it fails. */
async function build(project: string): Promise<void> {
  const npm = process.env.npm_execpath;
  const hasGroups = process.platform !== "win32";
  const options: SpawnOptions = {cwd: project, stdio: ["ignore", "inherit", "inherit"], detached: hasGroups};
  const child = npm
    ? spawn(process.execPath, [npm, "run", "build"], options)
    : spawn("npm run build", {...options, shell: true});
  const stop = () => void process.kill(hasGroups ? -child.pid! : child.pid!, "SIGTERM");
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const [code, signal] = await once(child, "exit");
  process.off("SIGINT", stop).off("SIGTERM", stop);
  if (signal) fail(1, `the build was stopped by ${signal}`);
  if (code) fail(1, `the build failed with code ${code}`);
}

function explain({code, message}: NodeJS.ErrnoException, port: number, host: string): string {
  switch (code) {
    case "EADDRINUSE":
      return `port ${port} is in use; choose another with npm start -- --port NUMBER`;
    case "EACCES":
      return `port ${port} needs more rights; choose one above 1023 with npm start -- --port NUMBER`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `this machine has no address ${host}`;
    default:
      return message;
  }
}

function fail(code: 1 | 2, message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}
