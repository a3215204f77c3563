import {expect, test} from "vitest";
import {categoriesOf, tableOf} from "../../lib/traffic/table.js";
import {ratesBy} from "../../src/components/rateChart.js";

test("ratesBy(table, score, label) keeps every hour, in its order", () => {
  const hour = Float64Array.from({length: 240}, (_, row) => row % 24);
  const {groups, omitted} = ratesBy(tableOf({hour}), new Float64Array(240), new Float64Array(240), {
    by: "hour",
    of: 0,
    threshold: 0.5
  });
  expect(groups.map(({name}) => name)).toEqual(Array.from({length: 24}, (_, i) => `${i}`));
  expect(omitted.groups).toBe(0);
});

test("ratesBy(table, score, label) never leaves out the group with an error, however small", () => {
  const names = Array.from({length: 41}, (_, row) => (row === 40 ? "small" : `country ${row % 20}`));
  const country = categoriesOf(names);
  const score = Float64Array.from(names, (name) => (name === "small" ? 1 : 0));
  const {groups, omitted} = ratesBy(tableOf({country}), score, new Float64Array(41), {
    by: "country",
    of: 0,
    threshold: 0.5
  });
  expect(groups[0]).toMatchObject({name: "small", rows: 1, flagged: 1});
  expect(omitted).toEqual({groups: 5, flagged: 0, rows: 10});
});
