import {execFileSync} from "node:child_process";
import {copyFileSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {networkInterfaces} from "node:os";

/** The servers' names and addresses, all within 127.1.0.0/24. */
export const servers = {
  www: "127.1.0.10",
  mqtt: "127.1.0.18",
  files: "127.1.0.22",
  ns: "127.1.0.53",
  tunnel: "127.1.0.54",
  relay: "127.1.0.55",
  backup: "127.1.0.87",
  far: "127.1.0.99",
  time: "127.1.0.123"
};

/** An account of the room: a process with this number sends from this address. */
export interface Account {
  name: string;
  uid: number;
  address: string;
  /** A password hash, for who may log in by SSH. */
  hash?: string;
}

/** Throws unless this process is in a network namespace that holds the loopback device alone. */
export function requireLoopbackOnly(): void {
  const devices = readFileSync("/proc/net/dev", "utf8")
    .split("\n")
    .slice(2)
    .map((line) => line.split(":")[0]!.trim());
  const others = devices.filter((d) => d && d !== "lo");
  if (others.length > 0) throw new Error(`not alone with loopback, found device: ${others[0]}`);
  const outside = Object.keys(networkInterfaces()).filter((d) => d !== "lo");
  if (outside.length > 0) throw new Error(`not alone with loopback, found device: ${outside[0]}`);
}

/**
 * Furnishes the namespaces that this process was started in: loopback with a usual packet size, an empty /tmp and /run,
 * a host name, names of the lab alone, and accounts. The kernel gives each account its own source address: a rule for
 * its number leads to a table whose one route prefers that address.
 */
export function furnish(accounts: readonly Account[]): void {
  ip("link set lo mtu 1500 up");
  run("hostname", "lab");
  for (const folder of ["/tmp", "/run"]) run("mount", "-t", "tmpfs", "-o", "mode=1777", "tmpfs", folder);
  for (const folder of ["/tmp/etc", "/tmp/home", "/run/sshd", "/run/netns"]) mkdirSync(folder, {recursive: true});

  const lines = accounts
    .map((d) => `${d.name}:${d.hash ?? "x"}:${d.uid}:${d.uid}::/tmp/home/${d.name}:/bin/sh\n`)
    .join("");
  shadowFile("/etc/passwd", `${readFileSync("/etc/passwd", "utf8")}${lines}`);
  const groups = accounts.map((d) => `${d.name}:x:${d.uid}:\n`).join("");
  shadowFile("/etc/group", `${readFileSync("/etc/group", "utf8")}${groups}`);
  shadowFile("/etc/resolv.conf", `nameserver ${servers.ns}\noptions timeout:1 attempts:1\n`);
  shadowFile("/etc/hosts", "127.0.0.1 localhost lab\n");
  for (const {name, uid} of accounts) {
    mkdirSync(`/tmp/home/${name}`);
    run("chown", `${uid}:${uid}`, `/tmp/home/${name}`);
  }

  const rules = accounts.map((d) => `rule add pref 10 uidrange ${d.uid}-${d.uid} lookup ${d.uid}`);
  const routes = accounts.map((d) => `route add local 127.0.0.0/8 dev lo src ${d.address} table ${d.uid}`);
  writeFileSync("/tmp/rules", [...routes, ...rules, "rule add pref 100 lookup local", "rule del pref 0"].join("\n"));
  run("ip", "-batch", "/tmp/rules");
}

/** Lets everything that is sent to one address come from another, whoever sends it. */
export function sendFrom(source: string, destination: string, table: number): void {
  ip(`route add local 127.0.0.0/8 dev lo src ${source} table ${table}`);
  ip(`rule add pref 5 to ${destination}/32 lookup ${table}`);
}

function shadowFile(file: string, text: string): void {
  const copy = `/tmp${file}`;
  copyFileSync(file, copy);
  writeFileSync(copy, text);
  run("mount", "--bind", copy, file);
}

function ip(words: string): void {
  run("ip", ...words.split(" "));
}

function run(command: string, ...words: string[]): void {
  execFileSync(command, words, {stdio: ["ignore", "ignore", "inherit"]});
}
