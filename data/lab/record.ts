/**
 * Records the lab anew:
 * `node --import tsx data/lab/record.ts [--minutes 15] [--seed 1] [--output data/lab] [--log FOLDER]`,
 * as root, on Debian, with the packages that README.md lists. Everything runs in namespaces of its own with nothing but
 * a loopback device, so no packet leaves; their first process ends with the recording, and with it all that it started.
 */
import {execFileSync, spawn} from "node:child_process";
import {mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {resolve} from "node:path";
import {fileURLToPath} from "node:url";
import {parseArgs} from "node:util";
import {randomSource} from "../../lib/random.js";
import {addressesOfLog, addressesOfPackets} from "./addresses.js";
import {Client, type Kind} from "./client.js";
import {genuineKinds} from "./genuine.js";
import {maliciousKinds} from "./malicious.js";
import {type Account, furnish, requireLoopbackOnly} from "./room.js";
import {accessLog, capture, serverAccounts, startServers} from "./servers.js";

const {values} = parseArgs({
  options: {
    minutes: {type: "string", default: "15"},
    seed: {type: "string", default: "1"},
    output: {type: "string", default: "data/lab"},
    log: {type: "string", default: ""},
    inside: {type: "boolean", default: false}
  }
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
if (!(minutes >= 1 && minutes <= 30)) throw new RangeError(`invalid minutes: ${values.minutes}`);

/** Browsers that run at the same time. */
const mostBrowsers = 8;
let running = 0;

for (const folder of [values.output, values.log])
  if (/^\/(tmp|run)(\/|$)/.test(resolve(folder))) throw new RangeError(`folder that the lab hides: ${folder}`);

if (values.inside) await record();
else enterNamespaces();

function enterNamespaces(): void {
  if (process.getuid?.() !== 0) throw new Error("recording needs root");
  const namespaces = ["--net", "--mount", "--uts", "--ipc", "--pid", "--fork", "--kill-child", "--mount-proc"];
  const script = fileURLToPath(import.meta.url);
  const {output, log} = values;
  const options = ["--minutes", String(minutes), "--seed", String(seed), "--output", resolve(output), "--inside"];
  if (log) options.push("--log", resolve(log));
  const words = [...namespaces, process.execPath, "--import", "tsx", script, ...options];
  const room = spawn("unshare", words, {stdio: "inherit", timeout: (minutes + 3) * 60_000, killSignal: "SIGKILL"});
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => room.kill("SIGKILL"));
  room.once("exit", (status) => (process.exitCode = status ?? 1));
}

async function record(): Promise<void> {
  requireLoopbackOnly();
  const log = values.log || "/tmp/log";
  const random = randomSource(seed);
  const kinds = [
    ...genuineKinds(minutes).map((kind) => ({kind, fake: 0 as const})),
    ...maliciousKinds.map((kind) => ({kind, fake: 1 as const}))
  ].flatMap((d) => Array.from({length: d.kind.clients}, () => d));
  const addresses = drawAddresses(kinds.length, random);
  const accounts: Account[] = addresses.map((address, i) => ({name: `c${i + 1}`, uid: 20001 + i, address}));
  const ownAccounts = serverAccounts();
  furnish([...ownAccounts, ...accounts]);
  mkdirSync(log, {recursive: true});

  const stopServers = await startServers(log);
  const end = Date.now() + minutes * 60_000;
  const clients = kinds.map(({kind, fake}, i) => {
    const start = startOf(kind, random);
    const act = kind.tool === "chromium" ? inTurn(kind.act) : kind.act;
    return {client: new Client(kind.kind, kind.tool, fake, accounts[i]!, start, end, log, seed), act};
  });
  const acts = clients.map(async ({client, act}) => {
    await client.pause(client.start);
    await act(client).catch((error) => console.error(`${client.kind} with ${client.tool}: ${error.message ?? error}`));
  });
  const over = new Promise((done) => setTimeout(done, minutes * 60_000 + 15_000));
  await Promise.race([Promise.all(acts).then(() => new Promise((done) => setTimeout(done, 1000))), over]);
  await stopServers();

  const accessed = readFileSync(accessLog);
  const packets = readFileSync(capture);
  const seen = new Set([...addressesOfLog(accessed), ...addressesOfPackets(packets)]);
  const silent = clients.filter(({client}) => !seen.has(client.address));
  for (const {client} of silent) console.error(`sent nothing, not labelled: ${client.kind} with ${client.tool}`);
  const labels = clients
    .filter((d) => !silent.includes(d))
    .map(({client: d}) => [d.address, d.kind, d.fake, d.tool].join());
  const relay = ownAccounts.find((d) => d.name === "relay")!;
  labels.push(`${relay.address},dns-tunnel,1,dns2tcpd`);
  labels.sort((a, b) => addressNumber(a) - addressNumber(b));
  mkdirSync(values.output, {recursive: true});
  writeFileSync(`${values.output}/labels.csv`, `client,kind,fake_traffic,tool\n${labels.join("\n")}\n`);
  for (const [name, data] of [
    ["access.log", accessed],
    ["capture.pcap", packets]
  ] as const)
    writeFileSync(`${values.output}/${name}.gz`, execFileSync("gzip", ["-9n"], {input: data, maxBuffer: 1 << 30}));
  process.exit();
}

/** Distinct addresses all over 127.16.0.0 to 127.223.255.255, so that no prefix tells what a client is. */
function drawAddresses(count: number, random: () => number): string[] {
  const addresses = new Set<string>();
  const byte = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  while (addresses.size < count) addresses.add(`127.${byte(16, 223)}.${byte(0, 255)}.${byte(1, 254)}`);
  return [...addresses];
}

/** Seconds from the start of the recording. */
function startOf(kind: Kind, random: () => number): number {
  const seconds = 60 * minutes;
  if (kind.throughout) return 10 * random();
  return 3 + random() * (kind.tool === "chromium" ? seconds - 40 : 0.8 * seconds);
}

/** Lets no more than so many browsers run at once. */
function inTurn(act: Kind["act"]): Kind["act"] {
  return async (me) => {
    while (running >= mostBrowsers && me.left > 20) await me.pause(0.5, 1);
    if (me.left <= 20) return;
    ++running;
    await act(me).finally(() => --running);
  };
}

function addressNumber(line: string): number {
  return line
    .split(",")[0]!
    .split(".")
    .reduce((sum, d) => sum * 256 + Number(d), 0);
}
