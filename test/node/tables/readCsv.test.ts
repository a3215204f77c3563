import {expect, test} from "vitest";
import type {Batch, ReadOptions} from "../../../lib/node/tables/batch.js";
import {openTable} from "../../../lib/node/tables/openTable.js";
import {readCsv} from "../../../lib/node/tables/readCsv.js";
import {readTables} from "../../../lib/node/tables/readTables.js";
import {categoriesOf} from "../../../lib/traffic/table.js";
import {file, rowsOf, temporaryFolder, write} from "./files.js";

const folder = temporaryFolder();

test("readCsv(path, source) reads numbers, times and texts alike within quotes and without", async () => {
  const rows = [
    [Date.UTC(2026, 0, 5), "é", 1.5],
    [null, null, null],
    [Date.UTC(2026, 0, 6), 'a "b"', -0]
  ];
  const plain = 'timestamp,client,a\n2026-01-05,é,1.5\n,,NA\n2026-01-06,"a ""b""",-0\n';
  const quoted = '"timestamp","client","a"\r\n"2026-01-05","é","1.5"\r\n"","",NA\r\n2026-01-06,"a ""b""","-0"\r\n';
  for (const text of [plain, quoted]) {
    const [batch] = await batchesOf(text);
    expect(rowsOf(batch!, ["timestamp", "client", "a"])).toEqual(rows);
    expect(batch!.lines).toEqual(Float64Array.of(2, 3, 4));
  }
});

test("readCsv(path, source) keeps the texts of a batch in which a column turns out to hold some", async () => {
  const [first, second] = await batchesOf("a\n1.0\n2\n007\nx\n", {rows: 2});
  expect(first!.columns).toEqual({a: Float64Array.of(1, 2)});
  expect(second!.columns).toEqual({a: categoriesOf(["007", "x"])});
  expect([first, second].map((batch) => batch!.types.get("a"))).toEqual(["number", "text"]);
});

test("readCsv(path, source, {columns}) reads only these, in the order of the file", async () => {
  const rejects: (number | string)[] = [];
  const onReject = (line: number, reason: string) => rejects.push(line, reason);
  const options = {columns: ["c", "none", "a"], onReject};
  const [batch] = await batchesOf("a,latitude,c\n1,2,x\n3,91,y\n4,5\n6,7,z\n", options);
  expect([...batch!.types]).toEqual([
    ["a", "number"],
    ["c", "text"]
  ]);
  expect(batch!.columns).toEqual({a: Float64Array.of(1, 3, 6), c: categoriesOf(["x", "y", "z"])});
  expect(batch!.lines).toEqual(Float64Array.of(2, 3, 5));
  expect(rejects).toEqual([4, "too few cells"]);
});

test("readCsv(path, source, {columns}) counts rows without any column and checks all names", async () => {
  expect(await batchesOf("a,b\n1,2\n3,4\n", {columns: []})).toMatchObject([{rows: 2, columns: {}}]);
  await expect(batchesOf("a,b,b\n", {columns: ["a"]})).rejects.toThrow("x.csv:1: doubled column: b");
  await expect(batchesOf("a,b\n1\n", {columns: []})).rejects.toThrow("x.csv:2: expected 2 cells, got: 1");
});

test("readTables(files, {columns}) reads files of several formats whose other columns differ", async () => {
  const parquet = `${folder}/c.parquet`;
  await write(
    parquet,
    "parquet",
    [
      {name: "b", type: "number"},
      {name: "d", type: "number"}
    ],
    [{rows: 1, columns: {b: Float64Array.of(5), d: Float64Array.of(6)}}]
  );
  const paths = [file(folder, "a.csv", "a,b\n1,2\n"), file(folder, "b.csv", "b,c\n3,4\n"), parquet];
  const found: unknown[] = [];
  for await (const batch of readTables(await Promise.all(paths.map((path) => openTable(path))), {columns: ["b"]})) {
    found.push([...batch.types], batch.columns.b);
  }
  expect(found).toEqual([2, 3, 5].flatMap((value) => [[["b", "number"]], Float64Array.of(value)]));
});

async function batchesOf(text: string, options: ReadOptions & {rows?: number} = {}) {
  async function* source() {
    yield Buffer.from(text);
  }
  const batches: Batch[] = [];
  for await (const batch of readCsv("x.csv", source(), options)) batches.push(batch);
  return batches;
}
