import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {parse} from "csv-parse/sync";
import fc from "fast-check";
import {expect, test} from "vitest";
import {openOutput} from "../../../lib/node/tables/openOutput.js";
import type {WrittenFormat} from "../../../lib/node/tables/tableWriter.js";
import {categoriesOf, tableOf, takeRows} from "../../../lib/traffic/table.js";
import {contentOf, temporaryFolder, write} from "./files.js";

const folder = temporaryFolder();
const time = Date.UTC(2026, 0, 5, 1, 2, 3, 4);
const columns = [
  {name: "timestamp", type: "time"},
  {name: "client", type: "text"},
  {name: "2", type: "number"},
  {name: "1", type: "number", isInteger: true},
  {name: "__proto__", type: "number"}
] as const;
const table = tableOf(
  Object.fromEntries([
    ["timestamp", Float64Array.of(time, Number.NaN, 0)],
    ["client", categoriesOf(['say "a,b"', null, "<x>\r\n\ny\u0000é\u{1f600}"])],
    ["2", Float64Array.of(0.1, 1e300, Number.NaN)],
    ["1", Float64Array.of(-(2 ** 31), Number.NaN, 404)],
    ["__proto__", Float64Array.of(1, 2, 3)]
  ])
);
const content = {
  types: columns.map(({name, type}) => [name, type]),
  rows: [
    [time, 'say "a,b"', 0.1, -(2 ** 31), 1],
    [null, null, 1e300, null, 2],
    [0, "<x>\r\n\ny\u0000é\u{1f600}", null, 404, 3]
  ]
};

test.each(["csv", "arrow", "parquet"] as const)(
  "%s reads back as it was written, in the order of its columns",
  async (format) => {
    const path = join(folder, `table.${format}`);
    await write(path, format, [...columns], [table, takeRows(table, []), table]);
    expect(await contentOf(path)).toEqual({...content, rows: [...content.rows, ...content.rows]});
  }
);

test.each(["csv", "arrow", "parquet"] as const)("%s without rows reads back with its columns", async (format) => {
  const path = join(folder, `empty.${format}`);
  await write(path, format, columns.slice(0, 3), []);
  const {types, rows} = await contentOf(path);
  expect([types.map(([name]) => name), rows]).toEqual([["timestamp", "client", "2"], []]);
});

test("any table reads back from csv, arrow and parquet", async () => {
  const text = fc.option(fc.string({minLength: 1}).filter((text) => !/^['=+\-@\t\r\n]|^[\s\d.]*$|\ufeff/.test(text)));
  const number = fc.option(fc.double({noDefaultInfinity: true, noNaN: true}).map((x) => x + 0));
  const rows = fc.array(fc.tuple(text, number), {minLength: 1, maxLength: 10});
  await fc.assert(
    fc.asyncProperty(rows, async (rows) => {
      const table = tableOf({
        client: categoriesOf(rows.map(([text]) => text)),
        value: Float64Array.from(rows, ([, value]) => value ?? Number.NaN)
      });
      for (const format of ["csv", "arrow", "parquet"] satisfies WrittenFormat[]) {
        const path = join(folder, `any.${format}`);
        await write(
          path,
          format,
          [
            {name: "client", type: "text"},
            {name: "value", type: "number"}
          ],
          [table]
        );
        const read = await contentOf(path);
        expect(
          read.rows.map(([client]) => client),
          format
        ).toEqual(rows.map(([text]) => text));
        expect(
          read.rows.map(([, value]) => asNumber(value ?? null)),
          format
        ).toEqual(rows.map(([, value]) => value));
      }
    }),
    {numRuns: 30}
  );
});

test("jsonl holds an object a line", async () => {
  const path = join(folder, "table.jsonl");
  await write(path, "jsonl", [...columns], [table]);
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  expect(lines[1]).toBe('{"timestamp":null,"client":null,"2":1e+300,"1":null,"__proto__":2}');
  expect(JSON.parse(lines[0]!)).toMatchObject({timestamp: "2026-01-05T01:02:03.004Z", "1": -(2 ** 31)});
});

test("csv guards what a spreadsheet would run, and keeps a lone missing value a row", async () => {
  const path = join(folder, "formula.csv");
  await write(path, "csv", [{name: "client", type: "text"}], [tableOf({client: categoriesOf(["=1+1", null, "a"])})]);
  expect(parse(readFileSync(path))).toEqual([["client"], ["'=1+1"], [""], ["a"]]);
});

test("an output that does not end leaves no file, and one that ends replaces the one before", async () => {
  const path = join(folder, "half.csv");
  const half = await openOutput(path);
  await half.write("a\n");
  expect(existsSync(path)).toBe(false);
  for (const text of ["first", "second"]) {
    const output = await openOutput(path);
    await output.write(text);
    await output.end();
    expect(readFileSync(path, "utf8")).toBe(text);
  }
  expect(readdirSync(folder).filter((name) => name.startsWith("half.csv."))).toEqual([]);
});

test("openOutput(path) names what cannot be written", async () => {
  await expect(openOutput(folder)).rejects.toThrow(`${folder}: is a folder`);
  await expect(openOutput(join(folder, "none", "a.csv"))).rejects.toThrow("a.csv: no such folder");
});

// CSV knows no types: a column of missing texts reads back as numbers.
function asNumber(value: number | string | null): number | null {
  return value === null ? null : Number(value);
}
