import {expect, test} from "vitest";
import {categoriesOf, type Table, tableOf, takeRows} from "../../lib/traffic/table.js";
import {placedValues} from "../../src/components/placedValues.js";

const rows = 1000;
const all = tableOf({
  bytes_out: Float64Array.from({length: rows}, (_, i) => (i < 20 ? Number.NaN : i)),
  state: categoriesOf(Array.from({length: rows}, (_, i) => (i < 10 ? null : i < 40 ? "S0" : i < 41 ? "<b>" : "SF"))),
  service: categoriesOf(Array.from({length: rows}, (_, i) => `service ${i % 40}`)),
  interval_mean: new Float64Array(rows).fill(Number.NaN)
});

test("placedValues(table, reference, features) places numbers by how many go as far, of those that are known", () => {
  expect(placed(999, ["log(bytes_out)"])).toEqual([
    {
      name: "bytes_out",
      text: "999 bytes",
      typical: "510 bytes",
      rarity: expect.closeTo(979 / 980, 9),
      words: "above 99.8\u00a0% of rows"
    }
  ]);
  expect(placed(20, ["bytes_out"])[0]).toMatchObject({text: "20 bytes", words: "below 99.8\u00a0% of rows"});
});

test("placedValues(table, reference, features) places texts and missing values by how many rows are alike", () => {
  expect(placed(30, ["state"])[0]).toMatchObject({
    text: "S0",
    typical: "SF",
    rarity: 0.959,
    words: "3.0\u00a0% of rows"
  });
  expect(placed(40, ["state"])[0]).toMatchObject({text: "<b>", rarity: 0.999, words: "0.1\u00a0% of rows"});
  expect(placed(0, ["state"])[0]).toMatchObject({text: "missing", rarity: 0.989, words: "1.0\u00a0% of rows"});
  expect(placed(0, ["bytes_out"])[0]).toMatchObject({text: "missing", rarity: 0.98, words: "2.0\u00a0% of rows"});
  expect(placed(0, ["interval_mean"])[0]).toMatchObject({text: "missing", typical: "missing", rarity: 0});
});

test("placedValues(table, reference, features) calls no text rare for being one of many that are as frequent", () => {
  expect(placed(0, ["service"])[0]).toMatchObject({rarity: 0, words: "2.5\u00a0% of rows"});
});

test("placedValues(table, reference, features) puts the rarest first, each column once, also of a part of the rows", () => {
  const features = ["state", "log(bytes_out)", "bytes_out"];
  expect(placed(999, features).map(({name}) => name)).toEqual(["bytes_out", "state"]);
  const part = takeRows(all, [999, 30]);
  expect(placed(0, features, part)).toEqual(placed(999, features));
  expect(placed(1, features, part)).toEqual(placed(30, features));
});

function placed(row: number, features: readonly string[], table: Table = all) {
  return placedValues(table, all, features)(row);
}
