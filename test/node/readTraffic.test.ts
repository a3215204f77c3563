import {createHash} from "node:crypto";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, expect, test} from "vitest";
import {InputError} from "../../lib/inputError.js";
import {readTraffic} from "../../lib/node/readTraffic.js";
import {type Table, valueAt} from "../../lib/traffic/table.js";

const folder = mkdtempSync(join(tmpdir(), "eddy-traffic-"));
const file = join(folder, "traffic.csv");

afterAll(() => rmSync(folder, {recursive: true}));

test("readTraffic(path) reads numbers, times, text and missing values, and notes each row’s line", async () => {
  const csv = `timestamp,client,request_rate,latitude,fake_traffic
2026-01-05T00:00:01Z,10.0.0.1,17,-73.5,0
,,,,
2026-01-05T00:00:02Z,10.0.0.1, 1.5e2 ,90,1
`;
  const traffic = await read(csv);
  expect(rowsOf(traffic)).toEqual([
    [Date.UTC(2026, 0, 5, 0, 0, 1), "10.0.0.1", 17, -73.5, 0, 2],
    [null, null, null, null, null, 3],
    [Date.UTC(2026, 0, 5, 0, 0, 2), "10.0.0.1", 150, 90, 1, 4]
  ]);
  expect(Object.keys(traffic.columns).at(-1)).toBe("source_line");
  const sha256 = createHash("sha256").update(csv).digest("hex");
  expect(traffic.source).toEqual({type: "file", name: file, bytes: csv.length, sha256});
});

test("readTraffic(path) reads the notebook’s thousand sessions", async () => {
  const {rows, columns, source} = await readTraffic("data/notebook/traffic.csv");
  expect(rows).toBe(1000);
  expect(columns.session_duration![0 as never]).toBe(216.438605606563);
  expect(source).toMatchObject({name: "data/notebook/traffic.csv", bytes: 79_880});
});

test.each([
  ["17", 17],
  ["-0.5", -0.5],
  ["+3.", 3],
  [".5", 0.5],
  ["1E3", 1000],
  ["\t7 ", 7],
  ["  ", null],
  ["NA", null],
  ["N/A", null],
  ["NaN", null],
  ["nan", null],
  ["null", null],
  ["NULL", null],
  [" None ", null]
])("readTraffic(path) reads the number %j", async (cell, expected) => {
  expect(rowsOf(await read(`client,request_rate\na,${cell}\n`))).toEqual([["a", expected, 2]]);
});

test.each([
  "abc",
  "0x10",
  "Infinity",
  "-Infinity",
  "NAN",
  "1e999",
  "1,5",
  "1_000",
  "1 000",
  ".",
  "e5",
  "1e",
  "none",
  "١"
])("readTraffic(path) refuses the number %j", async (cell) => {
  await fails(`client,request_rate\na,"${cell}"\n`, `:2: invalid request_rate: ${cell}`);
});

test.each([
  ["2026-01-05T00:00:01Z", 1],
  ["2026-01-05T00:00:01.250Z", 1.25],
  ["2026-01-05T00:00:01.2509Z", 1.25],
  ["2026-01-05T00:01Z", 60],
  ["2026-01-05T01:00:01+01:00", 1],
  ["2026-01-04T23:30:01-0030", 1],
  ["2026-01-05", 0],
  [" 2026-01-05 ", 0],
  [`${Date.UTC(2026, 0, 5) + 7000}`, 7],
  [`${Date.UTC(2026, 0, 5)}.9`, 0]
])("readTraffic(path) reads the time %j", async (cell, seconds) => {
  const [row] = rowsOf(await read(`timestamp\n${cell}\n`));
  expect(row![0]).toBe(Date.UTC(2026, 0, 5) + seconds * 1000);
});

test.each([
  "2026-01-05T00:00:01",
  "2026-01-05 00:00:01Z",
  "2026-02-30",
  "2026-04-31T00:00:00Z",
  "2026-13-01",
  "2026-01-05T25:00:00Z",
  "5 Jan 2026",
  "05/01/2026",
  "1e300",
  "8640000000000001"
])("readTraffic(path) refuses the time %j", async (cell) => {
  await fails(`timestamp\n${cell}\n`, `:2: invalid timestamp: ${cell}`);
});

test("readTraffic(path) refuses coordinates beyond ±90 and ±180", async () => {
  await fails("latitude,longitude\n90,180\n-90.1,0\n", ":3: invalid latitude: -90.1");
  await fails("latitude,longitude\n-90,-180\n0,180.5\n", ":3: invalid longitude: 180.5");
});

test.each([
  ["plain lines", "client,request_rate\na,1\nb,abc\n", 3],
  ["CRLF", "client,request_rate\r\na,1\r\nb,abc\r\n", 3],
  ["CR", "client,request_rate\ra,1\rb,abc\r", 3],
  ["mixed line ends", "client,request_rate\na,1\r\nb,abc\n", 3],
  ["no line end", "client,request_rate\na,1\nb,abc", 3],
  ["blank lines", "client,request_rate\n\n\na,1\n\nb,abc\n", 6],
  ["blank lines first", "\n\nclient,request_rate\na,1\nb,abc\n", 5],
  ["blank CRLF lines", "client,request_rate\r\n\r\na,1\r\n\r\nb,abc\r\n", 5],
  ["quoted line breaks", 'client,request_rate\n"a\n\nx",1\nb,abc\n', 5],
  ["quoted CRLF line breaks", 'client,request_rate\r\n"a\r\n\r\nx",1\r\nb,abc\r\n', 5],
  ["line breaks in its own cells", 'client,request_rate\n"b\nx",abc\n', 2],
  ["quoted names", '"client","request\n_rate",request_rate\na,1,2\nb,2,abc\n', 4],
  ["BOM", "\ufeffclient,request_rate\na,1\nb,abc\n", 3]
])("readTraffic(path) names the line of a bad cell: %s", async (_, csv, line) => {
  await fails(csv, `:${line}: invalid request_rate: abc`);
});

test("readTraffic(path) notes the lines on which rows begin", async () => {
  const traffic = await read('client\r\n"a\r\nb"\r\n\r\nc\r\n"d\ne"\r\nf');
  expect(rowsOf(traffic)).toEqual([
    ["a\r\nb", 2],
    ["c", 5],
    ["d\ne", 6],
    ["f", 8]
  ]);
});

test.each([
  ["a,1,2", ":5: expected 2 cells, got: 3"],
  ["a", ":5: expected 2 cells, got: 1"],
  ["  ", ":5: expected 2 cells, got: 1"],
  ['"a,1\n\n', ":5: quote not closed"],
  ['"a"b,1', ":5: invalid closing quote"],
  ['a"b,1', ":5: invalid opening quote"]
])("readTraffic(path) refuses the row %j", async (row, message) => {
  await fails(`client,request_rate\r\n"x\r\ny",1\r\n\r\n${row}`, message);
});

test.each([
  ["client,client\na,b\n", ":1: doubled column: client"],
  ["client, client \na,b\n", ":1: doubled column: client"],
  ["client,\na,b\n", ":1: missing column name"],
  ["\n\nclient,,x\na,b,c\n", ":3: missing column name"],
  ["", ": empty file"],
  ["\n\n", ": expected rows, got none"],
  ["\ufeff", ": expected rows, got none"],
  ["client,request_rate\n", ": expected rows, got none"],
  ["client,request_rate", ": expected rows, got none"]
])("readTraffic(path) refuses the file %j", async (csv, message) => {
  await fails(csv, message);
});

test("readTraffic(path) says why a file cannot be read", async () => {
  write("client\na\n");
  await failsAt(join(folder, "none.csv"), "none.csv: no such file");
  await failsAt(folder, ": is a folder");
  await failsAt(join(file, "traffic.csv"), ": cannot be read (ENOTDIR)");
});

test("readTraffic(path) shows bad cells on one line", async () => {
  await fails('request_rate\n"a\r\nb\x1b[31m"\n', ":2: invalid request_rate: a  b [31m");
});

test("readTraffic(path) refuses a long cell at once", async () => {
  await fails(`request_rate\n${"1".repeat(300_000)}x\n`, ":2: invalid request_rate: 111");
});

test("readTraffic(path) infers numbers where every cell is one, otherwise text", async () => {
  const {columns} = await read("bytes,path,code,none\n1,/,404,\n,,x,\n-2.5,<script>,0x10,\n");
  expect(columns.bytes).toEqual(Float64Array.of(1, Number.NaN, -2.5));
  expect(columns.path).toMatchObject({values: ["/", "<script>"]});
  expect(columns.code).toMatchObject({values: ["404", "x", "0x10"]});
  expect(columns.none).toEqual(new Float64Array(3).fill(Number.NaN));
});

test("readTraffic(path) infers numbers between marks of missing values, and keeps such marks in text", async () => {
  const {columns} = await read("bytes,country,land\nNA,NA,NA\n7,DE,FR\n");
  expect(columns.bytes).toEqual(Float64Array.of(Number.NaN, 7));
  expect(columns.country).toMatchObject({values: ["NA", "DE"]});
  expect(columns.land).toMatchObject({values: ["NA", "FR"]});
});

test("readTraffic(path) takes decimal commas where semicolons separate the cells", async () => {
  const {columns} = await read("request_rate;a;b;c\n1,5;-2,5;1,234,5;1.5\n;1.5;1,2.5;,5\n");
  expect(columns.request_rate).toEqual(Float64Array.of(1.5, Number.NaN));
  expect(columns.a).toEqual(Float64Array.of(-2.5, 1.5));
  expect(columns.b).toMatchObject({values: ["1,234,5", "1,2.5"]});
  expect(columns.c).toEqual(Float64Array.of(1.5, 0.5));
});

test("readTraffic(path) keeps columns of any name, and replaces a source_line that the file states", async () => {
  const traffic = await read("__proto__,source_line,constructor\n1,70,a\n");
  expect(Object.keys(traffic.columns)).toEqual(["__proto__", "source_line", "constructor"]);
  expect(rowsOf(traffic)).toEqual([[1, 2, "a"]]);
});

test("readTraffic(path) reads 100,000 rows across the chunks of a stream", {timeout: 30_000}, async () => {
  const rows = 100_000;
  let csv = "client,request_rate,note\r\n";
  for (let row = 0; row < rows; ++row) csv += `10.0.${row % 7}.1,${row},"${"é".repeat(row % 11)}\r\n"\r\n`;
  const {columns} = await read(csv);
  const rate = columns.request_rate as Float64Array;
  const line = columns.source_line as Float64Array;
  expect(rate).toHaveLength(rows);
  expect(rate.every((value, row) => value === row)).toBe(true);
  expect(line.every((value, row) => value === 2 + 2 * row)).toBe(true);
  expect(columns.client).toMatchObject({values: {length: 7}});
  expect(columns.note).toMatchObject({values: {length: 11}});
});

function write(csv: string): void {
  writeFileSync(file, csv);
}

function read(csv: string) {
  write(csv);
  return readTraffic(file);
}

async function fails(csv: string, message: string): Promise<void> {
  write(csv);
  await failsAt(file, `${file}${message}`);
}

async function failsAt(path: string, message: string): Promise<void> {
  const error = await readTraffic(path).catch((error) => error);
  expect(error).toBeInstanceOf(InputError);
  expect(error.message).toContain(message);
  expect(error.stack).toBe(error.message);
}

function rowsOf(table: Table) {
  const columns = Object.values(table.columns);
  return Array.from({length: table.rows}, (_, row) => columns.map((column) => valueAt(column, row)));
}
