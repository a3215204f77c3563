import {join} from "node:path";
import {parseArgs} from "node:util";
import {buildSite} from "./buildSite.js";
import {endWithParent} from "./endWithParent.js";
import {type ListenOptions, listen} from "./listen.js";
import {siteServer} from "./siteServer.js";

const usage = `usage: npm start -- [--port NUMBER] [--host ADDRESS]

Builds the site if it is missing or out of date, then serves it.

  --port NUMBER    the port to listen on, 0 for any free one; default 5000
  --host ADDRESS   the address to listen on; default 127.0.0.1, this machine only
  --help           print this
`;

await start(process.cwd(), process.argv.slice(2)).catch((error: Error) => fail(1, error.message));

async function start(project: string, args: string[]): Promise<void> {
  const {help, ...options} = parseOptions(args);
  if (help) return void process.stdout.write(usage);
  endWithParent();
  await buildSite(project);
  const app = siteServer({
    directory: join(project, "dist"),
    map: "/notebook/map",
    tiles: "https://tile.openstreetmap.org"
  });
  process.stdout.write(`Eddy is at ${await listen(app, options)}\n`);
  const close = () => void app.close();
  process.once("SIGINT", close).once("SIGTERM", close);
}

function parseOptions(args: string[]): ListenOptions & {readonly help: boolean} {
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

function fail(code: 1 | 2, message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}
