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
  readonly seeds: readonly number[];
  /** One for each seed, with the threshold that the rule puts for it. */
  readonly scores: readonly Float64Array[];
  readonly thresholds: readonly number[];
  /** The forest of the detector itself, grown when first asked for. */
  readonly forest: () => Promise<Forest>;
}

export type SeedControl = HTMLElement & {
  /** The last runs that are complete; null before the first. */
  value: SeedRuns | null;
  /** What can be chosen. The choice stays as long as it is among them. */
  offer(detectors: readonly Detector[]): void;
  /** From now on trains what is chosen. */
  begin(): void;
};

/**
 * Chooses one of the compared detectors and how often it is trained, each time with another seed and the threshold that
 * the rule then gives; its value follows when all are trained.
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
  let asked = 0;
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
    const mine = ++asked;
    if (!hasBegun || detector === undefined) return;
    const {parameters, features} = detector;
    const seeds = Array.from({length: count}, (_, i) => parameters.seed + i);
    const scores: Float64Array[] = [];
    try {
      for (const seed of seeds) {
        state.textContent = `Training seed ${seed}, ${scores.length + 1} of ${count} …`;
        const isOwn = seed === parameters.seed;
        const score = isOwn ? detector.score : await queue.score(features, {...parameters, seed}, () => mine === asked);
        if (mine !== asked || score === null) return;
        scores.push(score);
      }
    } catch (error) {
      if (mine === asked) state.textContent = `Cannot train: ${error instanceof Error ? error.message : error}.`;
      return;
    }
    state.textContent = `Trained with seeds ${seeds[0]} to ${seeds.at(-1)}.`;
    const thresholds = scores.map((score) => (score === detector.score ? detector.threshold : thresholdOf(score)));
    const forest = forests.get(detector.score) ?? once(() => forestInTurns(features, parameters, invalidation));
    forests.set(detector.score, forest);
    control.value = {detector, seeds, scores, thresholds, forest};
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
