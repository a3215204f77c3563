import type {Features} from "../lib/forest/features.js";
import type {Forest} from "../lib/forest/forest.js";
import type {ForestParameters} from "../lib/forest/parameters.js";
import {scoreShare} from "../lib/forest/scoreShare.js";
import type {Share} from "../lib/forest/share.js";
import {nextTask} from "./nextTask.js";

/** The first message to a worker: every column it may ever need, and a way to its partner if it has one. */
export interface Opening {
  readonly features: Features;
  readonly share: Share;
  readonly partner: MessagePort | null;
}

/** Any later message: what to train, which ends what was under way, or with null only that. */
export interface Order {
  readonly run: number;
  readonly training: {readonly parameters: ForestParameters; readonly features: readonly string[]} | null;
}

/** What a worker says of its share of the rows. */
export type Answer = {readonly run: number} & ({readonly score: Float64Array} | {readonly error: string});

let opening: Opening;
let wanted = 0;
let arrived: {run: number; forest: Forest | null} | null = null;
let wake = () => {};

addEventListener("message", ({data}: MessageEvent<Opening | Order>) => {
  if ("features" in data) {
    open(data);
  } else {
    wanted = data.run;
    wake();
    if (data.training !== null) void train(data.run, data.training);
  }
});

function open(data: Opening): void {
  opening = data;
  if (data.partner === null) return;
  data.partner.onmessage = (event) => {
    arrived = event.data;
    wake();
  };
}

async function train(run: number, {parameters, features: names}: NonNullable<Order["training"]>): Promise<void> {
  const pause = async () => {
    await nextTask();
    return wanted === run;
  };
  // Orders that came in the meantime are read first, so that only the last of them is begun.
  if (!(await pause())) return;
  const features = Object.fromEntries(names.map((name) => [name, opening.features[name]!]));
  const turns = {now: () => performance.now(), pause, span: 12};
  try {
    const score = await scoreShare(features, parameters, opening.share, turns, (forest) => exchange(run, forest));
    if (score !== null) answer({run, score}, [score.buffer]);
  } catch (error) {
    answer({run, error: error instanceof Error ? error.message : `${error}`});
  }
}

async function exchange(run: number, forest: Forest | null): Promise<(Forest | null)[] | null> {
  const {partner, share} = opening;
  if (partner === null) return [forest];
  partner.postMessage({run, forest});
  while (wanted === run && arrived?.run !== run) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  if (wanted !== run) return null;
  const theirs = arrived!.forest;
  return share.part === 0 ? [forest, theirs] : [theirs, forest];
}

function answer(message: Answer, transfer: Transferable[] = []): void {
  postMessage(message, {transfer});
}
