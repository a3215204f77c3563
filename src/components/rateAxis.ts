import {bisectRight} from "d3-array";
import {normalDeviate} from "../lib/evaluation/detectionErrorCurve.js";
import {normalUpperTail} from "../lib/evaluation/normalDistribution.js";

/** Where shares from 0 to 1 stand along an axis. */
export interface RateAxis {
  /** From 0 at the axis’s beginning to 1 at its end, where shares beyond it stand too; NaN for NaN. */
  readonly place: (share: number) => number;
  /** The share at a place. */
  readonly share: (place: number) => number;
  /** Shares to mark, ascending, so few that their labels stand apart. */
  readonly ticks: readonly number[];
  /** The largest share that stands in its own place. */
  readonly end: number;
  readonly isLinear: boolean;
}

/** The part of an axis that a label needs, with the space around it. */
export type Room = (label: string) => number;

/** Every share in its own place. */
export function linearRates(room: Room): RateAxis {
  const place = (share: number) => Math.min(1, Math.max(0, share));
  return {place, share: (place) => place, ticks: readable([fifths, [0, 0.5, 1]], place, room), end: 1, isLinear: true};
}

/**
 * Logarithmic from half of the smallest share that is not 0. There, where the axis begins, stands 0 too, which has no
 * place on a logarithmic axis.
 */
export function logRates(smallest: number, room: Room): RateAxis {
  const low = Math.min(1, smallest) / 2;
  const place = (share: number) => (share <= low ? 0 : Math.min(1, 1 - Math.log(share) / Math.log(low)));
  const sets = [
    multiples([1, 2, 5], 0.1, low),
    ...[0.1, 0.01, 0.001, 1e-6].map((ratio) => multiples([1], ratio, low))
  ].map((shares) => [0, ...shares]);
  return {
    place,
    share: (place) => low ** (1 - place),
    ticks: readable(sets, place, room),
    end: 1,
    isLinear: false
  };
}

/** Even in the standard normal deviate of the share; shares beyond the domain stand at its ends, among them 0. */
export function normalRates([low, high]: readonly [number, number], room: Room): RateAxis {
  const [first, last] = [normalDeviate(low), normalDeviate(high)];
  const share = (place: number) => normalUpperTail(-(first + place * (last - first)));
  // Linear between so many shares, which a drawing cannot tell from the quantile, and a thousand times as fast.
  const known = Float64Array.from({length: 1025}, (_, i) => share(i / 1024));
  const place = (p: number) => {
    if (Number.isNaN(p)) return Number.NaN;
    const i = bisectRight(known, p);
    if (i === 0 || i === known.length) return i === 0 ? 0 : 1;
    return (i - 1 + (p - known[i - 1]!) / (known[i]! - known[i - 1]!)) / 1024;
  };
  const sets = [deviates, deviates.filter((_, i) => i % 2 === 0), [0.001, 0.1, 0.5, 0.9, 0.999], [0.01, 0.5]];
  const within = sets.map((set) => [0, ...set.filter((p) => p > low && p <= high)]);
  return {place, share, ticks: readable(within, place, room), end: high, isLinear: false};
}

/** A share as the percentage that marks it on an axis: 0.01 %. */
export function tickLabel(share: number): string {
  return `${Number((share * 100).toPrecision(6))}\u00a0%`;
}

const fifths = [0, 0.2, 0.4, 0.6, 0.8, 1];
const deviates = [
  1e-5, 5e-5, 1e-4, 5e-4, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999
];

/** The steps times the powers of a ratio, above a limit and at most 1, ascending. */
function multiples(steps: readonly number[], ratio: number, low: number): number[] {
  const found: number[] = [];
  for (let power = 1; power * 10 > low; power *= ratio) {
    for (const step of steps) found.push(Number((power * step).toPrecision(6)));
  }
  return found.filter((share) => share > low && share <= 1).sort((a, b) => a - b);
}

/**
 * The first of the sets that has three labels which stand apart, or the last one. What is too near the first gives way.
 */
function readable(sets: readonly (readonly number[])[], place: (share: number) => number, room: Room): number[] {
  const areApart = (a: number, b: number) =>
    place(b) - place(a) >= (room(tickLabel(a)) + room(tickLabel(b))) / 2 - 1e-9;
  const thinned = sets.map((set) => set.filter((tick, i) => i === 0 || areApart(set[0]!, tick)));
  const isReadable = (ticks: number[]) => ticks.every((tick, i) => i === 0 || areApart(ticks[i - 1]!, tick));
  return thinned.find((ticks) => ticks.length > 2 && isReadable(ticks)) ?? thinned.at(-1)!;
}
