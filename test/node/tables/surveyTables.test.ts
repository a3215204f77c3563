import {join} from "node:path";
import {expect, test} from "vitest";
import {batchRows} from "../../../lib/node/tables/batch.js";
import {openTable} from "../../../lib/node/tables/openTable.js";
import {type SurveyOptions, surveyTables} from "../../../lib/node/tables/surveyTables.js";
import {categoriesOf, tableOf} from "../../../lib/traffic/table.js";
import {file, temporaryFolder, write} from "./files.js";

const folder = temporaryFolder();
const everything = {most: 10, seed: 1, takes: () => true};

test("surveyTables(files) tells types, missing values and ranges", async () => {
  const {rows, columns} = await survey(["timestamp,a,b,c\n2026-01-05,1,x,\n,-0.5,,\n"]);
  expect(rows).toBe(2);
  expect(columns).toMatchObject([
    {name: "timestamp", type: "time", missing: 1, min: Date.UTC(2026, 0, 5), max: Date.UTC(2026, 0, 5)},
    {
      name: "a",
      type: "number",
      missing: 0,
      min: -0.5,
      max: 1,
      isWhole: false,
      firstNegative: {place: `${join(folder, "0.csv")}:3`, value: -0.5}
    },
    {name: "b", type: "text", missing: 1},
    {name: "c", type: "number", missing: 2, min: Infinity, max: -Infinity}
  ]);
});

test("surveyTables(files) takes a column with a late text as text from its first row on", async () => {
  const csv = `a,b\n${"007,1\n".repeat(batchRows)} ,1\nnone,2\n`;
  const {rows, columns, sample} = await survey([csv], {sample: {...everything, most: 2 * batchRows}});
  expect(rows).toBe(batchRows + 2);
  const firstText = {place: `${join(folder, "0.csv")}:${batchRows + 3}`, text: "none"};
  expect(columns[0]).toMatchObject({type: "text", missing: 0, firstText});
  expect(columns[1]).toMatchObject({type: "number", max: 2});
  expect(sample.columns.a).toMatchObject({values: ["007", " ", "none"]});
});

test("surveyTables(files) keeps whole numbers that a double cannot hold as text", async () => {
  const {columns} = await survey(["a,b,c\n9007199254740993,9007199254740991,1e300\n"]);
  expect(columns.map(({type}) => type)).toEqual(["text", "number", "number"]);
});

test("surveyTables(files) counts rejects by reason, with the first line of each", async () => {
  const csv = 'a,latitude\n1,2\n3\n4,5,6\n7\n8,91\n9"x,1\n10,"\n11,12\n';
  const {rows, files} = await survey([csv], {skipRejects: true});
  expect(rows).toBe(1);
  expect(files[0]!.rejects).toEqual([
    {line: 3, reason: "too few cells", count: 2},
    {line: 4, reason: "too many cells", count: 1},
    {line: 6, reason: "invalid latitude", count: 1},
    {line: 7, reason: "invalid opening quote", count: 1},
    {line: 8, reason: "quote not closed to the end", count: 1}
  ]);
});

test("surveyTables(files) takes several files as one, whatever the order of their columns", async () => {
  const {rows, columns, sample, files} = await survey(["a,b\n1,2\n", "b,a\nx,3\n", "a,b\n"], {sample: everything});
  expect([rows, files.map(({rows}) => rows)]).toEqual([2, [1, 1, 0]]);
  expect(columns.map(({name, type}) => [name, type])).toEqual([
    ["a", "number"],
    ["b", "text"]
  ]);
  expect(sample.columns).toEqual({a: Float64Array.of(1, 3), b: categoriesOf(["2", "x"])});
});

test("surveyTables(files) refuses files of other columns", async () => {
  await expect(survey(["a,b\n1,2\n", "a\n1\n"])).rejects.toThrow("1.csv: missing column: b");
  await expect(survey(["a\n1\n", "a,b\n1,2\n"])).rejects.toThrow("1.csv: unknown column: b");
});

test("surveyTables(files) names the line of a text where numbers are wanted", async () => {
  const types = new Map([["a", "number" as const]]);
  await expect(survey(["a\n1\nx\n"], {types})).rejects.toThrow("0.csv:3: invalid a: x");
  const path = join(folder, "text.parquet");
  await write(path, "parquet", [{name: "a", type: "text"}], [tableOf({a: categoriesOf(["1", "x"])})]);
  await expect(surveyTables([await openTable(path)], {types})).rejects.toThrow("text.parquet:2: invalid a: x");
});

test("surveyTables(files) samples all rows in order when they are few, evenly when they are many", async () => {
  const csv = `a\n${Array.from({length: 1000}, (_, i) => i).join("\n")}\n`;
  const values = async (most: number, seed: number) =>
    (await survey([csv], {sample: {most, seed, takes: () => true}})).sample.columns.a as Float64Array;
  expect(await values(1000, 1)).toEqual(Float64Array.from({length: 1000}, (_, i) => i));
  const sample = await values(100, 1);
  expect(await values(100, 1)).toEqual(sample);
  expect(await values(100, 2)).not.toEqual(sample);
  expect(new Set(sample).size).toBe(100);
  // The mean of 100 of the numbers to 999 has a standard error of 27.
  const mean = sample.reduce((sum, x) => sum + x, 0) / 100;
  expect(Math.abs(mean - 499.5)).toBeLessThan(4 * 27);
});

async function survey(csvs: string[], options?: SurveyOptions) {
  const files = await Promise.all(csvs.map((csv, i) => openTable(file(folder, `${i}.csv`, csv))));
  return surveyTables(files, options);
}
