import {randomSource} from "../random.js";
import {injectableKinds, injectedKinds, leastReal, simulatedFeatures, varies} from "./injectedKinds.js";
import type {SessionBehaviour} from "./scenarios/scenario.js";
import {simulateSessions} from "./simulation/simulateSessions.js";

/** Columns of numbers by name, all of one length. */
export type NumberFeatures = Readonly<Record<string, Float64Array>>;

/** What to inject among real rows. */
export interface Injection {
  /** The name of one of `injectedKinds`. */
  readonly kind: string;
  /** From 0, where an injected row is the copy of a real one, to 1, where it is the fake as simulated; default 1. */
  readonly strength?: number;
  /** Injected rows as a share of the real ones, from 0 to `mostShare`; default 0.01. */
  readonly share?: number;
  /** A whole number from 0; the same seed gives the same rows. */
  readonly seed: number;
}

/** Real rows with injected ones after them. */
export interface Injected {
  readonly features: NumberFeatures;
  /** 1 for an injected row, NaN for a real one, whatever it truly is. */
  readonly label: Float64Array;
  /** The number of real rows, which come first and as they were. */
  readonly real: number;
  /** The features in which injected rows may differ from real ones; the others are those of real rows. */
  readonly moved: readonly string[];
}

/** The greatest share of injected rows: more would be a crowd, which hides its members and moves the threshold. */
export const mostShare = 0.1;

const leastInjected = 20;

/**
 * The rows with injected fakes of one kind after them: what a forest would make of such behaviour among these rows, not a
 * statement about what is in them. Each injected row starts from a real one, drawn at random. Of a simulated kind the
 * features that follow from requests move from there to those of a simulated session. Of `one value far out` a random
 * feature that varies moves to a value of the outermost percent, on the side that reaches farther. Of `mixed values` each
 * feature is from another row, with the strength as its chance.
 *
 * Values move along sign(x) log(1 + |x|), so that half the strength is the square root of a factor rather than half of a
 * difference: rates and durations span orders of magnitude, while shares move almost evenly. (Ranks among the real rows
 * would not do, since fakes lie beyond the greatest.) A feature of whole numbers stays one. Each feature moves by itself,
 * so that no session need have just these values at a strength below 1.
 *
 * The draws do not depend on the strength: it moves the same rows toward the same fakes. There are at least 20 injected
 * rows, unless that is more than a tenth of the real ones. Throws on fewer than 10 rows, values that are not finite, a
 * kind that these features cannot show, and parameters outside their range.
 */
export function injectFakes(features: NumberFeatures, {kind, strength = 1, share = 0.01, seed}: Injection): Injected {
  if (!(strength >= 0 && strength <= 1)) throw new RangeError(`invalid strength: ${strength}`);
  const names = Object.keys(features);
  const real = features[names[0] ?? ""]?.length ?? 0;
  const count = injectedCount(real, share);
  for (const name of names) {
    const bad = features[name]!.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new RangeError(`invalid ${name} at row ${bad}: ${features[name]![bad]}`);
  }
  const stream = injectedKinds.findIndex((known) => known.kind === kind);
  if (stream < 0) throw new Error(`unknown kind: ${kind}`);
  const injectable = injectableKinds(features).find((known) => known.kind === kind);
  if (injectable === undefined) throw new Error(`expected features that can show ${kind}, got: ${names.join(", ")}`);
  const random = randomSource(seed, stream);
  const base = Uint32Array.from({length: count}, () => Math.floor(random() * real));
  const injected =
    injectable.way === "outlying"
      ? outlying(features, base, strength, random)
      : injectable.way === "mixed"
        ? mixed(features, base, strength, random)
        : simulated(features, base, strength, injectable.way, random);
  return {
    features: Object.fromEntries(names.map((name) => [name, joined(features[name]!, base, injected[name])])),
    label: new Float64Array(real + count).fill(Number.NaN, 0, real).fill(1, real),
    real,
    moved: names.filter((name) => name in injected)
  };
}

/** How many rows a share of so many real ones comes to; throws as injectFakes does. */
export function injectedCount(real: number, share: number): number {
  if (!(share > 0 && share <= mostShare)) throw new RangeError(`invalid share: ${share}`);
  if (real < leastReal) throw new RangeError(`expected ${leastReal} rows or more, got: ${real}`);
  return Math.min(Math.max(leastInjected, Math.round(real * share)), Math.floor(real * mostShare));
}

function simulated(
  features: NumberFeatures,
  base: Uint32Array,
  strength: number,
  behaviour: SessionBehaviour,
  random: () => number
): NumberFeatures {
  const sessions = simulateSessions(behaviour, base.length, random);
  return Object.fromEntries(
    simulatedFeatures(Object.keys(features)).map((name) => {
      const column = features[name]!;
      const finish = column.every(Number.isInteger) ? Math.round : Number;
      return [
        name,
        Float64Array.from(base, (row, i) => finish(between(column[row]!, sessions[name][i]!, strength)) + 0)
      ];
    })
  );
}

function outlying(features: NumberFeatures, base: Uint32Array, strength: number, random: () => number): NumberFeatures {
  const names = Object.keys(features).filter((name) => varies(features[name]!));
  const tails = names.map((name) => tailOf(features[name]!));
  const columns = names.map((name) => Float64Array.from(base, (row) => features[name]![row]!));
  const isWhole = names.map((name) => features[name]!.every(Number.isInteger));
  for (let i = 0; i < base.length; ++i) {
    const j = Math.floor(random() * names.length);
    const target = tails[j]![Math.floor(random() * tails[j]!.length)]!;
    const value = between(columns[j]![i]!, target, strength);
    columns[j]![i] = (isWhole[j] ? Math.round(value) : value) + 0;
  }
  return Object.fromEntries(names.map((name, j) => [name, columns[j]!]));
}

// The outermost percent of the values, at least one, on the side that lies farther from the median.
function tailOf(column: Float64Array): Float64Array {
  const ascending = column.slice().sort();
  const n = ascending.length;
  const count = Math.max(1, Math.floor(n / 100));
  const center = ascending[n >> 1]!;
  return ascending[n - 1]! - center >= center - ascending[0]!
    ? ascending.subarray(n - count)
    : ascending.subarray(0, count);
}

function mixed(features: NumberFeatures, base: Uint32Array, strength: number, random: () => number): NumberFeatures {
  return Object.fromEntries(
    Object.entries(features).map(([name, column]) => [
      name,
      Float64Array.from(base, (row) => {
        const other = Math.floor(random() * column.length);
        return column[random() < strength ? other : row]!;
      })
    ])
  );
}

function between(from: number, to: number, strength: number): number {
  if (strength === 0 || from === to) return from;
  if (strength === 1) return to;
  const x = onLogScale(from) + strength * (onLogScale(to) - onLogScale(from));
  return Math.sign(x) * Math.expm1(Math.abs(x));
}

function onLogScale(x: number): number {
  return Math.sign(x) * Math.log1p(Math.abs(x));
}

function joined(column: Float64Array, base: Uint32Array, injected: Float64Array | undefined): Float64Array {
  const all = new Float64Array(column.length + base.length);
  all.set(column);
  all.set(injected ?? Float64Array.from(base, (row) => column[row]!), column.length);
  return all;
}
