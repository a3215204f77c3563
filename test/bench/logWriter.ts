import {closeSync, openSync, writeSync} from "node:fs";
import {parentPort, workerData} from "node:worker_threads";
import {clock, combinedLines} from "./combinedLog.js";

/** What a thread is to append to a log. */
export interface WriterTask {
  readonly path: string;
  /** Lines that the log has. */
  readonly lines: number;
  readonly linesPerSecond: number;
  readonly attackersPerSecond: number;
  readonly seconds: number;
}

/** Lines that were written by a moment, in milliseconds since 1970. */
export interface Written {
  readonly lines: number;
  readonly time: number;
}

/** What it says when it has ended: how many lines it wrote, and how many a second that were. */
export interface WriterEnd {
  readonly lines: number;
  readonly linesPerSecond: number;
}

write(workerData as WriterTask);

// Every twentieth of a second; a busy machine makes it late, and then it catches up.
function write({path, lines: before, linesPerSecond, attackersPerSecond, seconds}: WriterTask): void {
  const next = combinedLines({seed: 2, visitors: 30_000, turnover: 0.02});
  const file = openSync(path, "a");
  const start = Date.now();
  const attackers: {readonly address: string; left: number}[] = [];
  let lines = 0;
  let begun = 0;
  const turn = () => {
    const now = Date.now();
    const passed = Math.min(seconds, (now - start) / 1000);
    for (; begun < passed * attackersPerSecond; ++begun) attackers.push({address: addressOf(begun), left: 60});
    let text = "";
    for (const attacker of attackers.splice(0)) {
      for (let i = 0; i < 2 && attacker.left > 0; ++i, --attacker.left, ++lines)
        text += probe(attacker.address, attacker.left, now);
      if (attacker.left > 0) attackers.push(attacker);
    }
    for (; lines < passed * linesPerSecond; ++lines) text += next(now);
    writeSync(file, text);
    parentPort!.postMessage({written: {lines: before + lines, time: Date.now()}});
    if (passed < seconds) setTimeout(turn, Math.max(0, 50 - (Date.now() - now)));
    else {
      closeSync(file);
      parentPort!.postMessage({end: {lines, linesPerSecond: Math.round((1000 * lines) / (Date.now() - start))}});
    }
  };
  turn();
}

// Addresses that are set aside for measurements of networks.
function addressOf(n: number): string {
  return `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
}

function probe(address: string, n: number, time: number): string {
  return `${address} - - [${clock(time)}] "POST /wp-login.php?try=${n}' OR 1=1-- HTTP/1.1" 403 162 "-" "sqlmap/1.8"\n`;
}
