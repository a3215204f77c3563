import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {expect} from "vitest";
import {combined} from "../../../../lib/formats/accessLog.js";
import type {AlertEvent} from "../../../../lib/live/alert.js";
import type {LiveState} from "../../../../lib/live/liveState.js";
import {emptyFolder} from "../folders.js";
import {RunningEddy} from "./runningEddy.js";

/** How the tests watch: soon, with some dozens of alerts and several models in a few hours of traffic. */
export const watching = words(
  "--warm-up 100 --pause 5 --retrain 20 --threshold quantile:0.1 --no-places --no-site --port 0 --state state"
);

/** How they follow the log. */
export const following = [...watching, ...words("--tail access.log --checkpoint 0.2 --alerts alerts.jsonl")];

/** What a busy machine may need until something has come about. */
export const patience = {timeout: 30_000, interval: 100};

/** All that was told of a log by its end. */
export interface Told {
  readonly events: readonly AlertEvent[];
  /** The lines of the file of alerts. */
  readonly lines: readonly AlertEvent[];
  readonly state: LiveState;
}

/** What is told of a log to which nothing happens but that it was rotated before. */
export async function toldUndisturbed(contents: readonly Buffer[]): Promise<Told> {
  const folder = folderOf(contents);
  return toldAfter(await new RunningEddy({folder, args: following}).listening(), contents);
}

/** A folder of a log that was rotated. */
export function folderOf(contents: readonly Buffer[]): string {
  const folder = emptyFolder();
  for (const [i, content] of [...contents].reverse().entries()) {
    writeFileSync(join(folder, `access.log${i === 0 ? "" : `.${i}`}`), content);
  }
  return folder;
}

/** All that is told when these contents have been read. */
export async function toldAfter(eddy: RunningEddy, contents: readonly Buffer[]): Promise<Told> {
  await allRead(eddy, contents);
  // What has been read may not have been judged yet.
  expect(await eddy.end("SIGTERM")).toBe(0);
  const again = await eddy.again().listening();
  const [state, events] = [await again.state(), await again.events()];
  await again.end("SIGTERM");
  return {events, lines: linesOfAlerts(eddy.folder), state};
}

/** Ends it when these contents have been read, and all else is so; gives the lines of the file of alerts. */
export async function linesAfter(
  eddy: RunningEddy,
  contents: readonly Buffer[],
  isSo: () => Promise<boolean> = async () => true
): Promise<AlertEvent[]> {
  await allRead(eddy, contents);
  await expect.poll(isSo, patience).toBe(true);
  expect(await eddy.end("SIGTERM")).toBe(0);
  return linesOfAlerts(eddy.folder);
}

export function linesOfAlerts(folder: string): AlertEvent[] {
  const lines = readFileSync(join(folder, "alerts.jsonl"), "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}

/** Waits until these contents have been read. */
export async function allRead(eddy: RunningEddy, contents: readonly Buffer[]): Promise<void> {
  const lines = contents.reduce((sum, content) => sum + linesIn(content), 0);
  await expect.poll(async () => linesRead(await eddy.state()), patience).toBe(lines);
}

export function linesRead({sources: [source]}: LiveState): number {
  return source!.records + source!.rejected + source!.passedOver;
}

/** Waits until just these faults are told, each as `where: what`. */
export async function hasFaults(eddy: RunningEddy, faults: readonly unknown[]): Promise<void> {
  const told = async () => (await eddy.state()).faults.map(({where, what}) => `${where}: ${what}`).sort();
  await expect.poll(told, patience).toEqual(faults);
}

/** Expects the same of two runs over the same traffic. */
export function expectSame(told: Told, other: Told, words: string): void {
  expect(told.events, words).toEqual(other.events);
  expect(told.lines, words).toEqual(told.events);
  const {clock, records, late, open, alerts, model, minutes, watched, sources} = other.state;
  expect(told.state, words).toMatchObject({clock, records, late, open, alerts, model, minutes, watched, faults: []});
  const {rejected, rejects, passedOver} = sources[0]!;
  expect(told.state.sources[0], words).toMatchObject({rejected, rejects, passedOver, dropped: 0, behind: 0});
}

export function words(text: string): string[] {
  return text.split(" ");
}

/** Lines of which a reader says anything. */
function linesIn(content: Buffer): number {
  let lines = 0;
  const count = () => void ++lines;
  const reader = combined.open({request: count, flow: count, packet: count, reject: count, passOver: count});
  reader.push(content);
  reader.end();
  return lines;
}
