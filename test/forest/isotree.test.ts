import {existsSync, readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {auc} from "../../lib/evaluation/rocCurve.js";
import {growForest} from "../../lib/forest/growForest.js";
import type {ForestOptions} from "../../lib/forest/parameters.js";
import {scoreRows} from "../../lib/forest/scoreRows.js";
import {openTable} from "../../lib/node/tables/openTable.js";
import {readTables} from "../../lib/node/tables/readTables.js";

// Tables of the ADBench collection with the mean AUC of isotree 0.6.1-5 over five seeds, by kind; not part of Eddy.
const folder = "../shared/datasets";
const reference = `${folder}/isotree-reference.json`;
const known: Record<string, {isotree_auc: Record<string, number>}> = existsSync(reference)
  ? JSON.parse(readFileSync(reference, "utf8"))
  : {};

const kinds: Record<string, ForestOptions> = {
  standard: {},
  extended_2: {dims: 2},
  sciforest: {dims: 2, candidates: 10, averageGain: 1},
  fair_cut: {dims: 2, pooledGain: 1},
  pooled_gain: {pooledGain: 1},
  density: {metric: "density"},
  pooled_gain_density: {pooledGain: 1, metric: "density"},
  adjusted_depth: {metric: "adjusted depth"},
  column_by_range: {byRange: 1}
};
const seeds = [1, 2, 3, 4, 5];

describe.skipIf(Object.keys(known).length === 0)("on the tables that isotree was measured on", () => {
  const tables = Object.keys(known);
  const found = new Map<string, Record<string, number>>();

  test.each(tables)("%s: every kind ranks within 0.02 of isotree", {timeout: 300_000}, async (name) => {
    const {label, features} = await read(`${folder}/${name}.csv.gz`);
    const measured: Record<string, number> = {};
    for (const [kind, options] of [...Object.entries(kinds), ["auto", {preset: "auto"}] as const]) {
      const areas = seeds.map((seed) =>
        auc(label, scoreRows(growForest(features, {preset: "paper", ...options, seed}), features))
      );
      measured[kind] = areas.reduce((a, b) => a + b) / seeds.length;
    }
    found.set(name, measured);
    for (const kind of Object.keys(kinds)) {
      expect
        .soft(Math.abs(measured[kind]! - known[name]!.isotree_auc[kind]!), `${kind}: ${measured[kind]}`)
        .toBeLessThan(0.02);
    }
  });

  test("auto ranks better on average than any single kind", () => {
    const mean = (of: (name: string) => number) => tables.reduce((sum, name) => sum + of(name), 0) / tables.length;
    const auto = mean((name) => found.get(name)!.auto!);
    for (const kind of Object.keys(kinds)) {
      expect(auto).toBeGreaterThan(mean((name) => known[name]!.isotree_auc[kind]!));
      expect(auto).toBeGreaterThan(mean((name) => found.get(name)![kind]!));
    }
    console.log(`mean AUC of auto: ${auto.toFixed(4)}`);
  });
});

async function read(path: string): Promise<{label: Float64Array; features: Record<string, Float64Array>}> {
  const parts: Record<string, Float64Array[]> = {};
  for await (const batch of readTables([await openTable(path)])) {
    for (const [name, column] of Object.entries(batch.columns)) (parts[name] ??= []).push(column as Float64Array);
  }
  const columns = Object.fromEntries(
    Object.entries(parts).map(([name, all]) => [name, Float64Array.from(all.flatMap((part) => [...part]))])
  );
  const {label, ...features} = columns;
  return {label: label!, features};
}
