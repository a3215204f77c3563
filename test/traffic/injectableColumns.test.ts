import {expect, test} from "vitest";
import {injectableColumns} from "../../lib/traffic/injectableColumns.js";
import {categoriesOf, tableOf} from "../../lib/traffic/table.js";

const rows = 10;
const request_rate = Float64Array.from({length: rows}, (_, i) => i);

test("injectableColumns(table, features) gives the columns that features are made of", () => {
  const {columns, reason} = injectableColumns(tableOf({request_rate}), ["log(request_rate)", "request_rate"]);
  expect(columns).toEqual({request_rate});
  expect(reason).toBeNull();
});

test("injectableColumns(table, features) says why nothing can be injected", () => {
  const table = tableOf({
    request_rate,
    state: categoriesOf(new Array(rows).fill("SF")),
    interval_variation: request_rate.map((x) => (x === 3 ? Number.NaN : x)),
    error_share: new Float64Array(rows)
  });
  const reasonOf = (...features: string[]) => injectableColumns(table, features).reason;
  expect(reasonOf("log(request_rate)", "state")).toBe("“State” holds text, which the simulation does not know");
  expect(reasonOf("interval_variation")).toBe(
    "some rows have no value of “Interval variation”, and the simulation has no rows like these"
  );
  expect(reasonOf("error_share")).toBe("no feature varies");
  expect(injectableColumns(tableOf({x: Float64Array.of(1, 2)}), ["x"]).reason).toBe("it takes 10 rows or more");
});
