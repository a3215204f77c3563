import fc from "fast-check";
import {expect, test} from "vitest";
import {tableFromArrow, tableToArrow} from "../../lib/traffic/arrow.js";
import {featuresToGrow, mostCategories} from "../../lib/traffic/featuresToGrow.js";
import {categories, categoriesOf, type Table, tableOf, takeRows, valueAt} from "../../lib/traffic/table.js";

test("featuresToGrow(features) has the categories that a table has which was stored and read again", () => {
  const text = fc.option(fc.constantFrom("a", "b", "c", "", "é"), {nil: null});
  fc.assert(
    fc.property(fc.array(text, {minLength: 1}), fc.array(fc.nat()), (texts, picks) => {
      const table = takeRows(
        tableOf({state: categoriesOf(texts)}),
        picks.map((pick) => pick % texts.length)
      );
      const state = featuresToGrow(table.columns).state!;
      const stored: Table = tableFromArrow(tableToArrow(table));
      expect(state).toEqual(categories(stored, "state"));
      for (let row = 0; row < table.rows; ++row) {
        expect(valueAt(state, row)).toBe(valueAt(table.columns.state!, row));
      }
    })
  );
});

test("featuresToGrow(features) passes numbers on, and refuses too many categories", () => {
  const bytes = Float64Array.of(1, 2);
  expect(featuresToGrow({bytes}).bytes).toBe(bytes);
  const texts = (count: number) => categoriesOf(Array.from({length: count}, (_, i) => `agent ${i}`));
  expect(() => featuresToGrow({client: texts(mostCategories)})).not.toThrow();
  expect(() => featuresToGrow({client: texts(mostCategories + 1)})).toThrow(
    new RangeError("expected at most 1000 different texts in client, got: 1001")
  );
});
