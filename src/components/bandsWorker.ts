import {type Bands, bandsInTurns} from "../lib/evaluation/bootstrapBands.js";
import type {ScoreLevels} from "../lib/evaluation/scoreLevels.js";
import {pageTurns} from "./pageTurns.js";

/** A message to the worker: whose bands to compute, which ends what was under way. */
export interface Order {
  readonly run: number;
  readonly levels: ScoreLevels;
}

/** What the worker says to an order that no other followed. */
export type Answer = {readonly run: number} & ({readonly bands: Bands} | {readonly error: string});

let wanted = 0;

addEventListener("message", ({data}: MessageEvent<Order>) => {
  wanted = data.run;
  void compute(data);
});

async function compute({run, levels}: Order): Promise<void> {
  const turns = pageTurns(() => wanted !== run);
  // Orders that came in the meantime are read first, so that only the last of them is begun.
  if (!(await turns.pause())) return;
  try {
    const bands = await bandsInTurns(levels, {}, turns);
    if (bands !== null) answer({run, bands});
  } catch (error) {
    answer({run, error: error instanceof Error ? error.message : `${error}`});
  }
}

function answer(message: Answer): void {
  postMessage(message);
}
