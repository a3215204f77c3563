import {quantileSorted, sorted} from "../lib/evaluation/quantile.js";
import {fromLog, parseFeature} from "../lib/traffic/featureColumn.js";
import {describeSourceColumn, formatTick, titleWithUnit} from "./format.js";
import {logTicks} from "./logTicks.js";

/** How to draw a feature along an axis. */
export interface FeatureAxis {
  readonly label: string;
  readonly domain: readonly [number, number];
  /** Where a long tail would leave most of the axis empty: logarithmic beyond `constant`, and linear about 0. */
  readonly isLong: boolean;
  readonly constant: number;
  /** From 0 to 1 along the axis, and back. */
  readonly share: (x: number) => number;
  readonly value: (share: number) => number;
  readonly ticks: readonly number[] | undefined;
  readonly tickFormat: (x: number) => string;
}

/**
 * The axis of the named feature over the given values, a little wider; symlog, which its label says, when the tail of all
 * its values is long. Beside the axis of a logarithm stand the numbers that it is of.
 */
export function featureAxis(name: string, values: ArrayLike<number>, all: ArrayLike<number> = values): FeatureAxis {
  const ascending = sorted(values);
  const {isLog} = parseFeature(name);
  const {isLong, constant} = isLog ? even : tailOf(all === values ? ascending : sorted(all));
  const scale = isLong ? (x: number) => Math.sign(x) * Math.log1p(Math.abs(x / constant)) : (x: number) => x;
  const invert = isLong ? (y: number) => Math.sign(y) * Math.expm1(Math.abs(y)) * constant : (y: number) => y;
  const [first, last] = [scale(ascending[0] ?? 0), scale(ascending.at(-1) ?? 1)];
  const margin = first < last ? (last - first) * 0.03 : 0.5;
  const [low, high] = [first - margin, last + margin];
  const domain = [invert(low), invert(high)] as const;
  return {
    label: `${titleWithUnit(describeSourceColumn(name))}${isLog ? ", log" : isLong ? ", symlog" : ""}`,
    domain,
    isLong,
    constant,
    share: (x) => (scale(x) - low) / (high - low),
    value: (share) => invert(low + share * (high - low)),
    ticks: isLog
      ? logTicks(fromLog(domain[0]), fromLog(domain[1])).map((x) => Math.log10(1 + x))
      : isLong
        ? powersWithin(domain, constant)
        : undefined,
    tickFormat: isLog ? (x) => formatTick(Number(fromLog(x).toPrecision(6))) : formatNumber
  };
}

/** The options of Plot for a scale along the axis. */
export function plotScale({domain, isLong, constant, label, ticks, tickFormat}: FeatureAxis, count: number) {
  return {
    type: isLong ? "symlog" : "linear",
    ...(isLong ? {constant} : {}),
    domain: [...domain],
    label,
    labelArrow: "none",
    ticks: ticks === undefined ? count : [...ticks],
    tickFormat
  } as const;
}

const even = {isLong: false, constant: 1};

function formatNumber(x: number): string {
  return x.toLocaleString("en-US", {maximumFractionDigits: 6});
}

// A tail is long when nine in ten values share an eighth of the axis, and the furthest is far beyond a typical one.
function tailOf(ascending: Float64Array): {isLong: boolean; constant: number} {
  if (ascending.length === 0) return {isLong: false, constant: 1};
  const [low, high] = [ascending[0]!, ascending.at(-1)!];
  const bulk = quantileSorted(ascending, 0.95) - quantileSorted(ascending, 0.05);
  const typical = quantileSorted(sorted(ascending.filter((x) => x !== 0).map(Math.abs)), 0.5);
  const isLong = bulk < (high - low) / 8 && Math.max(-low, high) > 15 * typical;
  return {isLong, constant: typical > 0 ? 10 ** Math.floor(Math.log10(typical)) : 1};
}

function powersWithin([low, high]: readonly [number, number], constant: number): number[] {
  const powers = [0];
  for (let x = constant; x <= Math.max(-low, high); x *= 10) powers.push(x, -x);
  return powers.map((x) => Number(x.toPrecision(6))).filter((x) => x >= low && x <= high);
}
