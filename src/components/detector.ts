import {html} from "htl";
import type {Features} from "../lib/forest/features.js";
import type {ForestParameters} from "../lib/forest/parameters.js";
import {seriesColors} from "./seriesColors.js";

/** A trained detector beside others of the same rows. */
export interface Detector {
  /** As the address spells it. */
  readonly id: string;
  /** A to F, by its place among the compared. */
  readonly letter: string;
  readonly name: string;
  readonly color: string;
  readonly dashes: string;
  readonly score: Float64Array;
  /** Where the rule of the comparison puts it for these scores. */
  readonly threshold: number;
  readonly parameters: ForestParameters;
  /** What its forest sees. */
  readonly features: Features;
}

/** What tells the detector at a place among the compared from the others. */
export function lookOf(place: number): Pick<Detector, "letter" | "color" | "dashes"> {
  return {letter: String.fromCharCode(65 + place), ...seriesColors[place]!};
}

/** A detector’s letter in its color, with its name. */
export function detectorName({letter, color, name}: Pick<Detector, "letter" | "color" | "name">): HTMLElement {
  return html`<span class="detector"><b style=${{"--color": color}}>${letter}</b> ${name}</span>`;
}

/** Every pair of detectors, each once, the earlier first. */
export function pairsOf<T>(detectors: readonly T[]): [T, T][] {
  return detectors.flatMap((first, i) => detectors.slice(i + 1).map((second): [T, T] => [first, second]));
}
