import {expect, test} from "vitest";
import {differentColumn, differentOrigin} from "../../lib/traffic/sameRows.js";
import {categoriesOf, tableOf} from "../../lib/traffic/table.js";

const file = {type: "file", name: "a.csv", bytes: 3, sha256: "00"} as const;
const simulation = {type: "simulation", scenario: "website", parameters: {rows: 5, seed: 1}} as const;

test("differentOrigin(first, second) is null for the same source and as many rows", () => {
  expect(differentOrigin(kept(file, 5), kept({...file}, 5))).toBeNull();
  const turned = {...simulation, parameters: {seed: 1, rows: 5}};
  expect(differentOrigin(kept(simulation, 5), kept(turned, 5))).toBeNull();
});

test("differentOrigin(first, second) says what differs", () => {
  expect(differentOrigin(kept(file, 1318), kept(file, 1000))).toBe("keeps 1,000 rows, not 1,318");
  expect(differentOrigin(kept(file, 5), kept({...file, name: "b.csv"}, 5))).toBe("other traffic, b.csv");
  expect(differentOrigin(kept(file, 5), kept({...file, sha256: "01"}, 5))).toBe(
    "other traffic of the same name, a.csv"
  );
  expect(differentOrigin(kept(file, 5), kept(simulation, 5))).toBe("other traffic, the scenario “website”");
});

test("differentColumn(first, second) looks at lines and times where both have them", () => {
  const line = Float64Array.of(2, 3, NaN);
  const first = tableOf({source_line: line, rate: Float64Array.of(1, 2, 3)});
  expect(differentColumn(first, tableOf({source_line: line.slice(), rate: Float64Array.of(9, 9, 9)}))).toBeNull();
  expect(differentColumn(first, tableOf({source_line: Float64Array.of(2, 4, NaN)}))).toBe("source_line");
});

test("differentColumn(first, second) otherwise looks at every column of both but the results", () => {
  const first = tableOf({
    rate: Float64Array.of(1, NaN),
    kind: categoriesOf(["a", null]),
    anomaly_score: Float64Array.of(0.4, 0.5)
  });
  const same = tableOf({
    rate: Float64Array.of(1, NaN),
    kind: {codes: Int32Array.of(1, -1), values: ["b", "a"]},
    anomaly_score: Float64Array.of(0.6, 0.7)
  });
  expect(differentColumn(first, same)).toBeNull();
  expect(differentColumn(first, tableOf({rate: Float64Array.of(1, 0)}))).toBe("rate");
  expect(differentColumn(first, tableOf({kind: categoriesOf(["a", "b"])}))).toBe("kind");
  expect(differentColumn(first, tableOf({kind: Float64Array.of(1, 2)}))).toBe("kind");
  expect(differentColumn(first, tableOf({rate: Float64Array.of(1)}))).toBe("rate");
});

function kept(source: Parameters<typeof differentOrigin>[0]["source"], rows: number) {
  return {source, rows: {kept: rows}};
}
