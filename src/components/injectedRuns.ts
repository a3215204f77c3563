import {chooseThreshold} from "../lib/evaluation/threshold.js";
import {declarationOf} from "../lib/evaluation/thresholdRules.js";
import {sampleDraw} from "../lib/forest/drawSample.js";
import type {ForestParameters} from "../lib/forest/parameters.js";
import {randomSource} from "../lib/random.js";
import type {Injection, NumberFeatures} from "../lib/traffic/injectFakes.js";
import {takeNumbers} from "../lib/traffic/table.js";
import type {Answer, Opening} from "./injectionWorker.js";
import type {Threshold} from "./thresholdControl.js";

/** A forest that was grown with injected rows among the real ones: labels and scores of all. */
export interface InjectedRun {
  readonly injection: Injection;
  /** 1 injected, NaN real. */
  readonly label: Float64Array;
  readonly score: Float64Array;
}

/** What is known so far of all injections. */
export interface InjectedRuns {
  readonly runs: readonly InjectedRun[];
  readonly total: number;
  /** Why there will be no more, null while all is well. */
  readonly problem: string | null;
}

/** Of more real rows than this, a random sample takes their place. */
export const mostReal = 20_000;

/**
 * Grows a forest of the named features for each injection, one kind at one strength among the real rows, of which it takes
 * the columns that features are made of, and scores all rows with it, in workers that end when it is disposed of. For
 * `Generators.observe`: what is known so far, again after each forest.
 */
export function injectedRuns(
  columns: NumberFeatures,
  {features, parameters}: {features: readonly string[]; parameters: ForestParameters},
  injections: readonly Injection[]
): (change: (runs: InjectedRuns) => InjectedRuns) => () => void {
  return (change) => {
    const opening = openingOf(columns, features, parameters);
    const runs: InjectedRun[] = [];
    const workers: Worker[] = [];
    let next = 0;
    const say = (problem: string | null) => change({runs: [...runs], total: injections.length, problem});
    const end = () => {
      for (const worker of workers) worker.terminate();
    };
    const fail = (problem: string) => {
      end();
      say(problem);
    };
    const start = () => {
      const worker = new Worker(import.meta.resolve("./injectionWorker.js"), {type: "module"});
      workers.push(worker);
      let injection: Injection | undefined;
      const order = () => {
        injection = injections[next++];
        if (injection) worker.postMessage(injection);
        else worker.terminate();
      };
      worker.onmessage = ({data}: MessageEvent<Answer>) => {
        if ("error" in data) return fail(data.error);
        runs.push({injection: injection!, ...data});
        say(null);
        order();
      };
      worker.onerror = () => fail("no worker could be started");
      worker.postMessage(opening);
      order();
    };
    say(null);
    try {
      for (let i = Math.min(2, navigator.hardwareConcurrency || 1, injections.length); i > 0; --i) start();
    } catch (error) {
      fail(error instanceof Error ? error.message : `${error}`);
    }
    return end;
  };
}

/**
 * The threshold for the scores of real and injected rows together: `under` the rule, null where it has no answer for them.
 * A rule that needs labels keeps its threshold, as injected rows have none to learn from. A budget of alerts is for all
 * rows, so that of a sample as great a share may be flagged as of them.
 */
export function injectedThreshold(
  {rule, value}: Threshold,
  {flagged, rows, under}: {flagged: number; rows: number; under: (score: Float64Array) => number | null}
): (score: Float64Array) => number | null {
  if (declarationOf(rule.rule).needs === "labels") return () => value;
  if (rule.rule !== "alerts" || rows <= mostReal || flagged === 0) return under;
  if (flagged === rows) return () => Number.NEGATIVE_INFINITY;
  return (score) => chooseThreshold(score, {rule: "quantile", share: flagged / rows});
}

function openingOf(columns: NumberFeatures, features: readonly string[], parameters: ForestParameters): Opening {
  const rows = Object.values(columns)[0]?.length ?? 0;
  if (rows <= mostReal) return {columns, features, parameters};
  const sample = sampleDraw(rows, mostReal, false, null)(randomSource(parameters.seed)).slice();
  return {
    columns: Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, takeNumbers(column, sample)])),
    features,
    parameters: {...parameters, sampleSize: Math.min(mostReal, parameters.sampleSize)}
  };
}
