import {expect, test} from "vitest";
import {type Experiment, runExperiment} from "../lib/experiment.js";
import {growForest} from "../lib/forest/growForest.js";
import {scoreRows} from "../lib/forest/scoreRows.js";
import {InputError} from "../lib/inputError.js";
import {onLand} from "../lib/node/onLand.js";
import {readTraffic} from "../lib/node/readTraffic.js";
import {tableFromArrow, tableToArrow} from "../lib/traffic/arrow.js";
import {featuresOf} from "../lib/traffic/featureColumn.js";
import {type Column, categoriesOf, numbers, tableOf, valueAt} from "../lib/traffic/table.js";
import type {Source, Traffic} from "../lib/traffic/traffic.js";

const source: Source = {type: "file", name: "traffic.csv", bytes: 7, sha256: "ab"};
const notebook: Experiment = {
  title: "Notebook",
  description: "A thousand sessions.",
  traffic: await readTraffic("data/notebook/traffic.csv"),
  keep: onLand,
  features: ["request_rate", "session_duration", "unique_paths_visited"],
  label: "fake_traffic",
  forest: {preset: "isotree"},
  threshold: {rule: "fixed", value: 0.75}
};

test("runExperiment(experiment) repeats the R notebook: 318 sessions, none of them flagged at 0.75", () => {
  const {table, forest, summary} = runExperiment(notebook);
  expect(summary).toEqual({
    title: "Notebook",
    description: "A thousand sessions.",
    source: notebook.traffic.source,
    rows: {read: 1000, kept: 318, dropped: [{reason: "not on land", count: 682}]},
    features: notebook.features,
    label: "fake_traffic",
    forest: expect.objectContaining({trees: 500, sampleSize: 318, maxDepth: 8, dims: 1, seed: 1}),
    threshold: {rule: notebook.threshold, value: 0.75},
    results: {
      flagged: 0,
      auc: expect.closeTo(0.988, 2),
      confusion: {threshold: 0.75, tn: 291, fp: 0, fn: 27, tp: 0, unknown: 0}
    }
  });
  expect(summary.forest).toBe(forest.parameters);
  expect(table.rows).toBe(318);
  expect(Object.keys(table.columns)).toEqual([
    "timestamp",
    "request_rate",
    "session_duration",
    "unique_paths_visited",
    "latitude",
    "longitude",
    "hour",
    "day_of_week",
    "anomaly_score",
    "anomaly",
    "fake_traffic",
    "source_line"
  ]);
});

test("runExperiment(experiment) flags the rows whose score is above the threshold, and counts them", () => {
  const {table, summary} = runExperiment({...notebook, threshold: {rule: "quantile", share: 0.1}});
  const score = numbers(table, "anomaly_score");
  const {flagged, confusion} = summary.results;
  expect(flagged).toBe(32);
  expect(numbers(table, "anomaly")).toEqual(score.map((s) => Number(s > summary.threshold.value)));
  expect(confusion!.tp + confusion!.fp).toBe(flagged);
});

test("runExperiment(experiment) gives the same result to the bit", () => {
  expect(runExperiment(notebook)).toEqual(runExperiment(notebook));
});

test("runExperiment(experiment) counts the rows that it drops by their first reason, and keeps the others’ lines", () => {
  const traffic = trafficOf({
    request_rate: Float64Array.of(1, Number.NaN, 2, 3, 4, Number.NaN, 5),
    session_duration: Float64Array.of(1, 1, Number.NaN, 3, 4, Number.NaN, 6),
    latitude: Float64Array.of(48.86, 48.86, 48.86, 0, Number.NaN, 0, 48.86),
    longitude: Float64Array.of(2.35, 2.35, 2.35, -30, 2.35, -30, 2.35),
    source_line: Float64Array.of(2, 3, 4, 5, 6, 7, 8)
  });
  const {table, summary} = run({traffic, keep: onLand, features: ["request_rate", "session_duration"]});
  expect(summary.rows).toEqual({
    read: 7,
    kept: 2,
    dropped: [
      {reason: "no request_rate", count: 2},
      {reason: "no session_duration", count: 1},
      {reason: "not on land", count: 1},
      {reason: "no coordinates", count: 1}
    ]
  });
  expect([...numbers(table, "source_line")]).toEqual([2, 8]);
});

test("runExperiment(experiment) never shows the forest the labels", () => {
  const rate = Float64Array.of(1, 2, 3, 40);
  const scores = [Float64Array.of(0, 0, 0, 1), Float64Array.of(1, 1, 1, 0)].map((fake_traffic) => {
    const {table} = run({traffic: trafficOf({request_rate: rate, fake_traffic}), label: "fake_traffic"});
    return numbers(table, "anomaly_score");
  });
  expect(scores[0]).toEqual(scores[1]);
  expect(() => run({features: ["request_rate", "fake_traffic"], label: "fake_traffic"})).toThrow(
    "expected features without the label: fake_traffic"
  );
});

test("runExperiment(experiment) without labels has neither AUC nor counts", () => {
  const {summary} = run({});
  expect(summary).toMatchObject({label: null, description: "", results: {auc: null, confusion: null}});
});

test("runExperiment(experiment) with labels of one kind, or with none known, counts but has no AUC", () => {
  for (const label of [0, 1, Number.NaN]) {
    const fake_traffic = new Float64Array(4).fill(label);
    const {summary} = run({traffic: trafficOf({...columns, fake_traffic}), label: "fake_traffic"});
    expect(summary.results.auc).toBeNull();
    const {tp, fp, fn, tn, unknown} = summary.results.confusion!;
    expect([tn + fp, fn + tp, unknown]).toEqual([
      label === 0 ? 4 : 0,
      label === 1 ? 4 : 0,
      Number.isNaN(label) ? 4 : 0
    ]);
  }
});

test("runExperiment(experiment) leaves rows without a label out of the AUC", () => {
  const fake_traffic = Float64Array.of(0, 0, Number.NaN, 1);
  const {summary} = run({traffic: trafficOf({...columns, fake_traffic}), label: "fake_traffic"});
  expect(summary.results).toMatchObject({auc: 1, confusion: {unknown: 1}});
});

test("runExperiment(experiment) scores constant features 0.5 and flags nothing", () => {
  const traffic = trafficOf({request_rate: new Float64Array(10).fill(3)});
  const {table, summary} = run({traffic});
  expect([...numbers(table, "anomaly_score")]).toEqual(new Array(10).fill(0.5));
  expect(summary.results.flagged).toBe(0);
});

test("runExperiment(experiment) runs on one row", () => {
  const {table} = run({traffic: trafficOf({request_rate: Float64Array.of(3)})});
  expect([...numbers(table, "anomaly_score")]).toEqual([0.5]);
});

test("runExperiment(experiment) keeps text as it is", () => {
  const client = categoriesOf(["<script>alert(1)</script>", null, "", "😀"]);
  const {table} = run({traffic: trafficOf({...columns, client})});
  expect([0, 1, 2, 3].map((row) => valueAt(table.columns.client!, row))).toEqual([
    "<script>alert(1)</script>",
    null,
    "",
    "😀"
  ]);
});

test("runExperiment(experiment) replaces scores that its input states", () => {
  const traffic = trafficOf({...columns, anomaly_score: new Float64Array(4).fill(9)});
  expect(Math.max(...numbers(run({traffic}).table, "anomaly_score"))).toBeLessThan(1);
});

test("runExperiment(experiment) takes features of any name", () => {
  const names = ["__proto__", "constructor", "7"];
  const traffic = trafficOf(Object.fromEntries(names.map((name, i) => [name, Float64Array.of(i, 1, 2, 30)])));
  const {table, summary} = run({traffic, features: names});
  expect(summary.features).toEqual(names);
  expect(numbers(table, "anomaly_score")[3]).toBeGreaterThan(numbers(table, "anomaly_score")[1]!);
});

test("runExperiment(experiment) throws an InputError that names the source on missing and text columns", () => {
  refuses({features: ["request_rates"]}, "traffic.csv: missing column: request_rates");
  refuses({label: "is_fake"}, "traffic.csv: missing column: is_fake");
  refuses({keep: onLand}, "traffic.csv: missing column: latitude");
  const size = categoriesOf(["1", "2", "x", null]);
  refuses({traffic: trafficOf({size}), features: ["size"]}, "traffic.csv:3: invalid size: x");
  const state = categoriesOf(["S0", "SF", "SF", "1"]);
  refuses({traffic: trafficOf({state}), features: ["log(state)"]}, "traffic.csv:1: invalid state: S0");
  refuses({features: ["log(bytes)"]}, "traffic.csv: missing column: bytes");
});

test("runExperiment(experiment) throws an InputError that names the line of a bad label, also in a row that it drops", () => {
  const fake_traffic = Float64Array.of(0, 1, 2, Number.NaN);
  const request_rate = Float64Array.of(1, 2, Number.NaN, 4);
  const source_line = Float64Array.of(2, 3, 17, 18);
  const label = "fake_traffic";
  const traffic = trafficOf({request_rate, fake_traffic, source_line});
  refuses({traffic, label}, "traffic.csv:17: invalid fake_traffic: 2");
  refuses({traffic: trafficOf({request_rate, fake_traffic}), label}, "traffic.csv:3: invalid fake_traffic: 2");
});

test("runExperiment(experiment) takes categories and logarithms, and stores neither of them twice", () => {
  const {table, forest, summary} = run({traffic: flows, features: ["log(bytes_out)", "state"], missing: "keep"});
  expect(summary.features).toEqual(["log(bytes_out)", "state"]);
  expect(forest.features).toEqual(["log(bytes_out)", "state"]);
  expect(forest.categories).toEqual([null, ["SF", "S0"]]);
  expect(Object.keys(table.columns).filter((name) => name.includes("bytes"))).toEqual(["bytes_out"]);
  const score = numbers(table, "anomaly_score");
  expect(score[6]).toBe(Math.max(...score));
});

test("runExperiment(experiment) drops rows that miss a number, or keeps and counts them; texts may be missing", () => {
  const features = ["log(bytes_out)", "interval_mean", "state"];
  const {summary} = run({traffic: flows, features});
  expect(summary.rows).toEqual({
    read: 8,
    kept: 5,
    dropped: [
      {reason: "no interval_mean", count: 2},
      {reason: "no bytes_out", count: 1}
    ]
  });
  const {summary: kept, table} = run({traffic: flows, features, missing: "keep"});
  expect(kept.rows).toEqual({
    read: 8,
    kept: 8,
    dropped: [],
    missing: [
      {column: "bytes_out", count: 1},
      {column: "interval_mean", count: 3},
      {column: "state", count: 1}
    ]
  });
  expect(numbers(table, "anomaly_score").every((score) => score > 0 && score <= 1)).toBe(true);
});

test("runExperiment(experiment) gives a forest that its stored rows give again", () => {
  const keep = () => (row: number) => (row === 0 ? "first" : null);
  const features = ["log(bytes_out)", "state"];
  for (const preset of ["paper", "auto"] as const) {
    const {table, forest} = run({traffic: flows, features, missing: "keep", keep, forest: {preset, seed: 3}});
    const stored = featuresOf(tableFromArrow(tableToArrow(table)), features);
    expect(new Uint8Array(growForest(stored, forest.parameters).buffer)).toEqual(new Uint8Array(forest.buffer));
    expect(scoreRows(forest, stored)).toEqual(numbers(table, "anomaly_score"));
  }
});

test("runExperiment(experiment) refuses the logarithm of a negative number with its line, unless it is dropped", () => {
  const traffic = trafficOf({
    bytes_out: Float64Array.of(1, -1, 3, 4),
    source_line: Float64Array.of(2, 3, 4, 5),
    latitude: Float64Array.of(1, Number.NaN, 1, 1)
  });
  refuses({traffic, features: ["log(bytes_out)"]}, "traffic.csv:3: invalid log(bytes_out) of a negative number: -1");
  const {summary} = run({traffic, features: ["log(bytes_out)", "latitude"]});
  expect(summary.rows.kept).toBe(3);
});

test("runExperiment(experiment) refuses features that would tell the forest what a row is, or that mean two things", () => {
  const kind = categoriesOf(["person", "bot", "bot", "bot"]);
  const withKind = trafficOf({...columns, kind, fake_traffic: Float64Array.of(0, 0, 1, 1)});
  expect(() => run({traffic: withKind, features: ["kind"]})).toThrow("expected features without the label: kind");
  expect(() => run({traffic: withKind, features: ["log(fake_traffic)"], label: "fake_traffic"})).toThrow(
    "expected features without the label: fake_traffic"
  );
  const traffic = trafficOf({...columns, "log(request_rate)": columns.request_rate});
  refuses(
    {traffic, features: ["log(request_rate)"]},
    "traffic.csv: column with the name of a logarithm: log(request_rate)"
  );
  const client = categoriesOf(Array.from({length: 1001}, (_, i) => `10.0.0.${i}`));
  expect(() => run({traffic: trafficOf({client}), features: ["client"]})).toThrow(
    new RangeError("expected at most 1000 different texts in client, got: 1001")
  );
});

test("runExperiment(experiment) throws when no row is left", () => {
  refuses({keep: () => () => "unwanted"}, "traffic.csv: expected rows to keep, got none");
  refuses({traffic: trafficOf({request_rate: new Float64Array(0)})}, "traffic.csv: expected rows to keep, got none");
});

test("runExperiment(experiment) throws on no features", () => {
  expect(() => run({features: []})).toThrow("expected features, got none");
});

const columns = {request_rate: Float64Array.of(1, 2, 3, 40)};

const flows = trafficOf({
  bytes_out: Float64Array.of(100, 120, 90, Number.NaN, 110, 130, 5e8, 95),
  interval_mean: Float64Array.of(1, 2, Number.NaN, Number.NaN, 2, 3, 2, Number.NaN),
  state: categoriesOf(["SF", "SF", "SF", "SF", null, "SF", "S0", "SF"])
});

function trafficOf(columns: Record<string, Column>): Traffic {
  return {...tableOf(columns), source};
}

function run(changes: Partial<Experiment>) {
  return runExperiment({
    title: "Test",
    traffic: trafficOf(columns),
    features: ["request_rate"],
    forest: {trees: 50},
    threshold: {rule: "mad", deviations: 3},
    ...changes
  });
}

function refuses(changes: Partial<Experiment>, message: string): void {
  expect(() => run(changes)).toThrow(new InputError(message));
}
