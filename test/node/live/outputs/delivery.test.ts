import {readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it, onTestFinished} from "vitest";
import type {AlertEvents} from "../../../../lib/node/live/alertEvents.js";
import {Delivery, type DeliveryOptions} from "../../../../lib/node/live/outputs/delivery.js";
import {DeliveryFault, type Output, type Told} from "../../../../lib/node/live/outputs/output.js";
import {change, changes} from "../alerts.js";
import {eventually} from "../eventually.js";
import {emptyFolder} from "../folders.js";
import {openLog} from "../openLog.js";

it("Delivery tells what comes from now on, in order, and goes on where it was", async () => {
  const folder = emptyFolder();
  const log = await openLog(folder);
  await log.append(changes(3));
  const output = new Receiver("alerts");
  const delivery = await open(output, log, folder);
  await log.append([...changes(2, 4), change(5, "grew"), change(4, "closed")]);
  await eventually(() => output.sequences).toEqual([4, 5, 7]);
  await delivery.close();
  expect(delivery.state()).toEqual({
    name: "receiver",
    kind: "webhook",
    sequence: 7,
    waiting: 0,
    delivered: 3,
    silenced: 0,
    lost: 0,
    fault: null
  });
  await log.append(changes(2, 6));
  expect(delivery.state().waiting).toBe(2);
  const again = await open(output, log, folder);
  await eventually(() => output.sequences).toEqual([4, 5, 7, 8, 9]);
  expect(again.state()).toMatchObject({sequence: 9, delivered: 5});
});

it("Delivery begins to tell nothing once it is to end", async () => {
  const folder = emptyFolder();
  const log = await openLog(folder);
  let goOn = () => {};
  const gate = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const slow: AlertEvents = {
    first: 1,
    last: 1,
    after: (...range) => gate.then(() => log.after(...range)),
    before: (...range) => log.before(...range),
    find: (id) => log.find(id),
    subscribe: (listener) => log.subscribe(listener)
  };
  await log.append(changes(1));
  // As one that is stuck: only a signal that comes ends it.
  const output: Output = {
    name: "receiver",
    kind: "webhook",
    identity: "http://receiver",
    tells: "events",
    start: async () => 0,
    deliver: (_, signal) => new Promise((_, reject) => signal.addEventListener("abort", reject)),
    close: async () => {}
  };
  const delivery = await open(output, slow, folder);
  const closed = delivery.close(0);
  goOn();
  await closed;
  expect(delivery.state()).toMatchObject({sequence: 0, fault: null});
});

it("Delivery holds alerts of a client back, and says how many", async () => {
  const folder = emptyFolder();
  const log = await openLog(folder);
  const output = new Receiver("alerts");
  const minutes = [0, 5, 10, 20, 21];
  const all = minutes.map((time, i) => change(i + 1, "raised", {client: "a", raised: time * 60_000}));
  let delivery = await open(output, log, folder);
  await log.append(all.slice(0, 2));
  await eventually(() => delivery.state().sequence).toBe(2);
  await delivery.close();
  delivery = await open(output, log, folder);
  await log.append(all.slice(2));
  await eventually(() => delivery.state().sequence).toBe(5);
  expect(output.told.map(({event, silenced}) => [event.sequence, silenced])).toEqual([
    [1, 0],
    [4, 2]
  ]);
  expect(delivery.state()).toMatchObject({delivered: 2, silenced: 3});
});

it("Delivery tries again, with growing waits, until it works; says what is wrong meanwhile", async () => {
  const folder = emptyFolder();
  const log = await openLog(folder);
  const output = new Receiver("alerts");
  output.fail = () => new DeliveryFault("cannot be reached (ECONNREFUSED)", {wait: 20});
  const delivery = await open(output, log, folder);
  await log.append(changes(3));
  await eventually(() => output.attempts).toBeGreaterThan(3);
  const what = "cannot be reached (ECONNREFUSED)";
  expect(delivery.state()).toMatchObject({sequence: 0, waiting: 3, fault: what});
  expect(delivery.fault()).toEqual({where: "receiver", what, since: expect.any(Number)});
  output.fail = () => null;
  await eventually(() => output.sequences).toEqual([1, 2, 3]);
  await eventually(() => delivery.state()).toMatchObject({sequence: 3, delivered: 3, fault: null});
});

it("Delivery that is stopped in the middle forgets nothing", async () => {
  const folder = emptyFolder();
  const log = await openLog(folder);
  const output = new Receiver("alerts");
  output.fail = ({event}) => (event.sequence === 3 ? new DeliveryFault("down") : null);
  const delivery = await open(output, log, folder);
  await log.append(changes(4));
  await eventually(() => delivery.state().fault).toBe("down");
  await delivery.close();
  output.fail = () => null;
  await open(output, log, folder);
  await eventually(() => output.sequences).toEqual([1, 2, 3, 4]);
});

it("Delivery gives an event up that is refused again and again, and counts it", async () => {
  const folder = emptyFolder();
  const log = await openLog(folder);
  const output = new Receiver("alerts");
  output.fail = ({event}) =>
    event.sequence === 2 ? new DeliveryFault("refuses the alert (HTTP 422)", {isRefused: true}) : null;
  const warnings: string[] = [];
  const delivery = await open(output, log, folder, {refusals: 3, warn: (message) => warnings.push(message)});
  await log.append(changes(2));
  await eventually(() => delivery.state()).toMatchObject({sequence: 2, delivered: 1, lost: 1});
  expect([output.attempts, delivery.state().fault]).toEqual([4, "event 2 was given up: refuses the alert (HTTP 422)"]);
  expect(warnings).toEqual(["receiver: event 2 is given up after 3 attempts: refuses the alert (HTTP 422)"]);
  await log.append(changes(1, 3));
  await eventually(() => delivery.state()).toMatchObject({sequence: 3, delivered: 2, lost: 1, fault: null});
});

it("Delivery counts what left the log before it could be told", async () => {
  const folder = emptyFolder();
  const log = await openLog(folder, {events: 20, files: 4});
  const output = new Receiver("alerts");
  await (await open(output, log, folder)).close();
  for (let i = 0; i < 10; ++i) await log.append(changes(5, 1 + 5 * i));
  const {first} = log;
  expect(first).toBeGreaterThan(30);
  const warnings: string[] = [];
  const delivery = await open(output, log, folder, {warn: (message) => warnings.push(message)});
  await eventually(() => delivery.state()).toMatchObject({sequence: 50, delivered: 51 - first, lost: first - 1});
  expect(warnings).toEqual([`receiver: ${first - 1} events are no longer kept and could not be told`]);
});

it("Delivery tells all events in pieces where an output wants them", async () => {
  const folder = emptyFolder();
  const log = await openLog(folder, {events: 2000, files: 3});
  const output = new Receiver("events");
  const delivery = await open(output, log, folder);
  for (let i = 0; i < 60; ++i) await log.append(changes(20, 1 + 20 * i));
  await eventually(() => delivery.state().sequence).toBe(1200);
  expect(output.sequences).toEqual(Array.from({length: 1200}, (_, i) => i + 1));
});

it("Delivery says that it cannot remember, and goes on", async () => {
  const folder = emptyFolder();
  const log = await openLog(join(folder, "log"));
  const output = new Receiver("alerts");
  const delivery = await open(output, log, folder);
  rmSync(join(folder, "outputs"), {recursive: true});
  writeFileSync(join(folder, "outputs"), "");
  await log.append(changes(2));
  await eventually(() => delivery.state().fault).toMatch(/cannot be written \((EEXIST|ENOTDIR)/);
  rmSync(join(folder, "outputs"));
  await eventually(() => delivery.state()).toMatchObject({fault: null, delivered: 2});
  expect(output.sequences).toEqual([1, 2]);
  const [name] = readdirSync(join(folder, "outputs"));
  expect(JSON.parse(readFileSync(join(folder, "outputs", name!), "utf8"))).toMatchObject({sequence: 2, delivered: 2});
});

// Takes what it is told, or fails as it is bid.
class Receiver implements Output {
  readonly name = "receiver";
  readonly kind = "webhook";
  readonly identity = "http://receiver";
  readonly told: Told[] = [];
  attempts = 0;
  fail: (told: Told) => Error | null = () => null;

  constructor(readonly tells: Output["tells"]) {}

  get sequences(): number[] {
    return this.told.map(({event}) => event.sequence);
  }

  async deliver(told: readonly Told[]): Promise<void> {
    ++this.attempts;
    const error = this.fail(told[0]!);
    if (error !== null) throw error;
    this.told.push(...told);
  }

  async close(): Promise<void> {}
}

async function open(
  output: Output,
  log: AlertEvents,
  folder: string,
  options: Partial<DeliveryOptions> = {}
): Promise<Delivery> {
  const delivery = await Delivery.open(output, log, {folder, firstWait: 1, longestWait: 20, ...options});
  onTestFinished(() => delivery.close(0));
  return delivery;
}
