import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync
} from "node:fs";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import fc from "fast-check";
import {expect, test} from "vitest";
import {logSource} from "../../../lib/node/sources/logSource.js";
import {accessLine, Received, temporaryFolder} from "./received.js";

test("logSource(path) hands on each line once and in order, whatever is done to the files", async () => {
  await fc.assert(
    fc.asyncProperty(schedules, (schedule) => follow(schedule, "", accessLine)),
    {numRuns: runs}
  );
});

test("logSource(path) does so too where all files begin with the same header", async () => {
  const header = "ts,te,td,sa,da,sp,dp,pr,flg,ipkt,ibyt\n";
  const row = (n: number) => {
    const time = new Date(Date.UTC(2026, 10, 28, 0, 0, n)).toISOString().slice(0, 19).replace("T", " ");
    return `${time},${time},1,/${n},192.0.2.1,1,2,TCP,.A....,1,${n}\n`;
  };
  await fc.assert(
    fc.asyncProperty(schedules, (schedule) => follow(schedule, header, row)),
    {numRuns: runs}
  );
});

const runs = 40;
const steps = [
  "append",
  "append torn",
  "append late",
  "rotate",
  "copy and cut",
  "compress",
  "copy",
  "read",
  "settle",
  "save",
  "restart"
];
const schedules = fc.array(fc.constantFrom(...steps), {minLength: 5, maxLength: 40});

async function follow(schedule: readonly string[], header: string, line: (n: number) => string): Promise<void> {
  const folder = temporaryFolder();
  const path = join(folder, "access.log");
  const received = await new Received((now) => logSource(path, {now})).start();
  const kept: string[] = [];
  let saved = 0;
  let n = 0;
  let torn = "";
  let late = -1;
  const write = (text: string) =>
    appendFileSync(path, existsSync(path) && statSync(path).size > 0 ? text : header + text);
  received.save();
  for (const step of [...schedule, "settle"]) {
    switch (step) {
      case "append":
        for (let i = n % 7; i >= 0; --i) {
          write(torn + (torn === "" ? line(n++) : ""));
          torn = "";
        }
        break;
      case "append torn": {
        if (torn !== "") break;
        const text = line(n++);
        write(text.slice(0, 25));
        torn = text.slice(25);
        break;
      }
      case "append late":
        if (!existsSync(`${path}.1`) || torn !== "") break;
        kept.push(...(await received.settle()));
        late = n;
        appendFileSync(`${path}.1`, line(n++));
        kept.push(...(await received.settle()));
        break;
      case "rotate":
      case "copy and cut": {
        if (!existsSync(path) || statSync(path).size === 0 || torn !== "") break;
        const files = readdirSync(folder)
          .map((name) => /^access\.log\.(\d+)(\.gz)?$/.exec(name))
          .filter((match) => match !== null);
        for (const [name, number, gz = ""] of files.sort((a, b) => Number(b[1]) - Number(a[1]))) {
          renameSync(join(folder, name), `${path}.${Number(number) + 1}${gz}`);
        }
        if (step === "rotate") renameSync(path, `${path}.1`);
        else {
          copyFileSync(path, `${path}.1`);
          truncateSync(path);
        }
        break;
      }
      case "compress":
        for (const name of readdirSync(folder)) {
          if (!/^access\.log\.([2-9]|\d\d+)$/.test(name)) continue;
          writeFileSync(join(folder, `${name}.gz`), gzipSync(readFileSync(join(folder, name))));
          rmSync(join(folder, name));
        }
        break;
      case "copy":
        if (existsSync(path)) copyFileSync(path, `${path}.old`);
        break;
      case "read":
        await received.source.read(100);
        kept.push(...received.take());
        break;
      case "settle":
        kept.push(...(await received.settle()));
        break;
      case "save":
        received.save();
        saved = kept.length;
        break;
      case "restart":
        kept.length = saved;
        await received.restart();
    }
  }
  await received.source.close();
  const numbers = kept.map((record) => Number(record.split("/")[1]));
  const whole = torn === "" ? n : n - 1;
  expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from(Array(whole).keys()));
  if (late < 0) expect(numbers).toEqual(Array.from(Array(whole).keys()));
  expect(received.source.state()).toMatchObject({rejected: 0, dropped: 0, records: whole, behind: 0});
}
