import {expect, test} from "vitest";
import {growForest} from "../../lib/forest/growForest.js";
import {profileOf} from "../../lib/live/profile.js";
import {reasonsOf} from "../../lib/live/reasons.js";
import {scoreTable} from "../../lib/live/trainModel.js";
import {randomSource} from "../../lib/random.js";
import {featuresOf} from "../../lib/traffic/featureColumn.js";
import {categoriesOf, type Table} from "../../lib/traffic/table.js";

const random = randomSource(1);
const rows = 2000;
const table: Table = {
  rows,
  columns: {
    bytes_out: Float64Array.from({length: rows}, () => Math.round(Math.exp(5 + random() + random()))),
    flow_duration: Float64Array.from({length: rows}, () => random()),
    bytes_out_share: Float64Array.from({length: rows}, () => (random() < 0.3 ? Number.NaN : random())),
    service: categoriesOf(Array.from({length: rows}, () => (random() < 0.99 ? "dns" : "ssh"))),
    interval_variation: new Float64Array(rows).fill(1)
  }
};
const features = ["log(bytes_out)", "flow_duration", "bytes_out_share", "service", "interval_variation"];
const profile = profileOf(table, new Float64Array(rows).fill(1), features);
const forest = growForest(featuresOf(table, features), {trees: 100});

const usual = {bytes_out: 400, flow_duration: 0.5, bytes_out_share: 0.5, service: "dns"};

test("reasonsOf(forest, profile, table, row) names what is unusual, with what is usual in the column’s own unit", () => {
  const strange = rowOf({...usual, bytes_out: 1e7});
  const reasons = reasonsOf(forest, profile, strange, 0);
  expect(reasons[0]).toMatchObject({feature: "log(bytes_out)", value: 1e7, share: 0});
  expect(reasons[0]!.typical).toBeGreaterThan(200);
  expect(reasons[0]!.typical).toBeLessThan(1000);
  const [service] = reasonsOf(forest, profile, rowOf({...usual, service: "ssh"}), 0);
  expect(service).toMatchObject({feature: "service", value: "ssh", typical: "dns"});
  expect(service!.share).toBeLessThan(0.03);
  for (const [i, {contribution}] of reasons.entries()) {
    expect(contribution).toBeGreaterThan(0);
    if (i > 0) expect(contribution).toBeLessThanOrEqual(reasons[i - 1]!.contribution);
  }
});

test("reasonsOf(forest, profile, table, row) contributes what the score falls by when the feature is typical", () => {
  const strange = rowOf({bytes_out: 1e7, flow_duration: 0.98, bytes_out_share: Number.NaN, service: "new"});
  const [score] = scoreTable(forest, strange);
  for (const {feature, value, typical, contribution} of reasonsOf(forest, profile, strange, 0)) {
    const column = feature === "log(bytes_out)" ? "bytes_out" : feature;
    const other = rowOf({...plain(strange), [column]: typical});
    expect(contribution).toBeCloseTo(score! - scoreTable(forest, other)[0]!, 12);
    if (column === "bytes_out_share") expect(value).toBeNull();
  }
});

test("reasonsOf(forest, profile, table, row) of a typical row are few and small", () => {
  for (const {contribution} of reasonsOf(forest, profile, rowOf(usual), 0)) expect(contribution).toBeLessThan(0.02);
});

type Values = Record<string, number | string | null>;

function rowOf(values: Values): Table {
  const all: Values = {interval_variation: 1, ...values};
  const columns = Object.entries(all).map(([name, value]) => [
    name,
    typeof value === "number" ? Float64Array.of(value) : categoriesOf([value])
  ]);
  return {rows: 1, columns: Object.fromEntries(columns)};
}

function plain({columns}: Table): Values {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [
      name,
      column instanceof Float64Array ? column[0]! : column.values[column.codes[0]!]!
    ])
  );
}
