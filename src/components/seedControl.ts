import {html} from "htl";
import type {Forest} from "../lib/forest/forest.js";
import type {Detector} from "./detector.js";
import {forestInTurns} from "./forestInTurns.js";
import {once} from "./once.js";
import {stopSlider} from "./stopSlider.js";
import type {TrainingQueue} from "./trainingQueue.js";

/** A detector trained with several seeds, its own the first. */
export interface SeedRuns {
  readonly detector: Detector;
  /** Two or more. */
  readonly seeds: readonly number[];
  /** One for each seed, with the threshold that the rule puts for it. */
  readonly scores: readonly Float64Array[];
  readonly thresholds: readonly number[];
  /** The forest of the detector itself, grown when first asked for. */
  readonly forest: () => Promise<Forest>;
}

export type SeedControl = HTMLElement & {
  /** The last runs that are complete; null before the first, and where the rule has an answer for fewer than two. */
  value: SeedRuns | null;
  /** What can be chosen. The choice stays as long as it is among them. */
  offer(detectors: readonly Detector[]): void;
  /** From now on trains what is chosen. */
  begin(): void;
};

/**
 * Chooses one of the compared detectors and how often it is trained, each time with another seed and the threshold that
 * the rule then gives; its value follows when all are trained. `thresholdOf` throws a RangeError where the rule has no
 * answer, and that seed is left out.
 */
export function seedControl(
  queue: TrainingQueue,
  {
    thresholdOf,
    most = 20,
    invalidation
  }: {thresholdOf: (score: Float64Array) => number; most?: number; invalidation: Promise<void>}
): SeedControl {
  let offered: readonly Detector[] = [];
  let count = 5;
  let hasBegun = false;
  let asked: {readonly score: Float64Array; readonly count: number} | null = null;
  const forests = new WeakMap<Float64Array, () => Promise<Forest>>();
  const choice = html`<select aria-label="Detector"></select>` as HTMLSelectElement;
  const stops = Array.from({length: most - 1}, (_, i) => i + 2);
  const slider = stopSlider("Seeds", String, (value) => {
    count = value;
    slider.show(stops, count);
    void train();
  });
  const state = html`<output class="model-state"></output>`;
  const form = html`<form class="model-control seed-control"><div class="model-row"><label>Detector ${choice}</label>${slider.element}</div>${state}</form>`;
  form.addEventListener("submit", (event) => event.preventDefault());
  choice.addEventListener("input", (event) => {
    event.stopPropagation();
    void train();
  });
  slider.show(stops, count);

  const train = async () => {
    const detector = offered.find(({id}) => id === choice.value);
    if (!hasBegun || detector === undefined) return;
    // Other detectors becoming ready change nothing here.
    if (asked?.score === detector.score && asked.count === count) return;
    const mine = {score: detector.score, count};
    asked = mine;
    const {parameters, features} = detector;
    const runs: {seed: number; score: Float64Array; threshold: number}[] = [];
    const unanswered: number[] = [];
    let reason = "";
    try {
      for (let i = 0; i < mine.count; ++i) {
        const seed = parameters.seed + i;
        state.textContent = `Training seed ${seed}, ${i + 1} of ${mine.count} …`;
        const score =
          i === 0 ? detector.score : await queue.score(features, {...parameters, seed}, () => mine === asked);
        if (mine !== asked || score === null) return;
        try {
          runs.push({seed, score, threshold: i === 0 ? detector.threshold : thresholdOf(score)});
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          unanswered.push(seed);
          reason = error.message;
        }
      }
    } catch (error) {
      if (mine !== asked) return;
      asked = null;
      state.textContent = `Cannot train: ${error instanceof Error ? error.message : error}.`;
      return;
    }
    const trained = `Trained with seeds ${parameters.seed} to ${parameters.seed + mine.count - 1}.`;
    const left = `The rule has no answer for ${unanswered.length === 1 ? "seed" : "seeds"} ${unanswered.join(", ")}, left out here: ${reason}.`;
    const alone = runs.length < 2 ? " One seed alone has nothing to be compared with." : "";
    state.textContent = unanswered.length === 0 ? trained : `${trained} ${left}${alone}`;
    const forest = forests.get(detector.score) ?? once(() => forestInTurns(features, parameters, invalidation));
    forests.set(detector.score, forest);
    const seeds = runs.map(({seed}) => seed);
    const scores = runs.map(({score}) => score);
    const thresholds = runs.map(({threshold}) => threshold);
    control.value = runs.length < 2 ? null : {detector, seeds, scores, thresholds, forest};
    control.dispatchEvent(new Event("input", {bubbles: true}));
  };
  const control: SeedControl = Object.assign(form as HTMLElement, {
    value: null as SeedRuns | null,
    offer(detectors: readonly Detector[]) {
      const chosen = choice.value;
      offered = detectors;
      choice.replaceChildren(
        ...detectors.map(({id, letter, name}) => html`<option value=${id}>${letter} ${name}</option>`)
      );
      if (detectors.some(({id}) => id === chosen)) choice.value = chosen;
      void train();
    },
    begin() {
      if (hasBegun) return;
      hasBegun = true;
      void train();
    }
  });
  return control;
}
