import {createHash} from "node:crypto";
import {mkdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {Readable} from "node:stream";
import {fileURLToPath} from "node:url";
import {gzipSync} from "node:zlib";
import {expect, test} from "vitest";
import {InputError} from "../../../lib/inputError.js";
import {batchRows} from "../../../lib/node/tables/batch.js";
import {openTable} from "../../../lib/node/tables/openTable.js";
import {tableToArrow} from "../../../lib/traffic/arrow.js";
import {categoriesOf, numbers, tableOf} from "../../../lib/traffic/table.js";
import {batchesAt, contentOf, file, temporaryFolder, write} from "./files.js";

const folder = temporaryFolder();
const csv = "name,value\r\na,1\r\n,\r\nb,-2.5\r\n";
const table = tableOf({name: categoriesOf(["a", null, "b"]), value: Float64Array.of(1, Number.NaN, -2.5)});
const columns = [
  {name: "name", type: "text"},
  {name: "value", type: "number"}
] as const;
const content = {
  types: columns.map(({name, type}) => [name, type]),
  rows: [
    ["a", 1],
    [null, null],
    ["b", -2.5]
  ]
};

test("openTable(path) tells CSV by its content, whatever separates its cells and ends its lines", async () => {
  for (const [i, text] of [csv, csv.replaceAll(",", ";"), csv.replaceAll(",", "\t"), `\ufeff${csv}`].entries()) {
    const path = file(folder, `${i}.parquet`, text);
    expect(await openTable(path)).toMatchObject({format: "csv", gzip: false, bytes: Buffer.byteLength(text)});
    expect(await contentOf(path)).toEqual(content);
  }
});

test("openTable(path) tells Arrow and Parquet by their content", async () => {
  for (const format of ["arrow", "parquet"] as const) {
    const path = join(folder, `${format}.csv`);
    await write(path, format, [...columns], [table]);
    expect(await openTable(path)).toMatchObject({format, gzip: false});
    expect(await contentOf(path)).toEqual(content);
  }
});

test("openTable(path) reads Parquet in batches that hold no more than their own rows", async () => {
  const path = join(folder, "group.parquet");
  const rows = 2 * batchRows;
  const wide = tableOf({name: categoriesOf(Array(rows).fill("a")), value: new Float64Array(rows)});
  await write(path, "parquet", [...columns], [wide]);
  const batches = await batchesAt(path);
  expect(batches.map(({rows}) => rows)).toEqual([batchRows, batchRows]);
  for (const {columns} of batches) expect(numbers({rows, columns}, "value").buffer.byteLength).toBe(8 * batchRows);
});

test("openTable(path) reads the Arrow that experiments hold, dictionaries and all", async () => {
  expect(await contentOf(file(folder, "dictionary.arrow", tableToArrow(table)))).toEqual(content);
});

// Written by pyarrow 25.0.1: feather.write_feather(table, path, compression), of 20,000 rows, whose 160 kB of values make
// three LZ4 blocks, the later ones of which refer to the ones before.
test.each(["lz4", "zstd"])("openTable(path) reads Arrow compressed by %s", async (compression) => {
  const {types, rows} = await contentOf(fileURLToPath(new URL(`data/${compression}.arrow`, import.meta.url)));
  expect(types).toEqual([["value", "number"]]);
  expect(rows).toEqual(Array.from({length: 20_000}, (_, i) => [i % 11 === 0 ? null : (i % 7) / 2]));
});

test("openTable(path) reads each format within gzip", async () => {
  for (const format of ["csv", "arrow", "parquet"] as const) {
    const path = join(folder, `plain.${format}`);
    await write(path, format, [...columns], [table]);
    const zipped = file(folder, `zipped-${format}`, gzipSync(readFileSync(path)));
    expect(await openTable(zipped)).toMatchObject({format, gzip: true});
    expect(await contentOf(zipped)).toEqual(content);
  }
});

test("openTable(-) reads the standard input as often as it is asked to", async () => {
  const table = await openTable("-", Readable.from([csv]));
  for (let pass = 0; pass < 2; ++pass) {
    let rows = 0;
    for await (const batch of table.batches()) rows += batch.rows;
    expect(rows).toBe(3);
  }
});

test("openTable(path) counts the bytes that it reads and knows their SHA-256", async () => {
  const table = await openTable(file(folder, "counted.csv", csv));
  let bytes = 0;
  for await (const _ of table.batches({onBytes: (count) => (bytes += count)}));
  expect(bytes).toBe(csv.length);
  expect(await table.sha256()).toBe(createHash("sha256").update(csv).digest("hex"));
});

const parquet = join(folder, "whole.parquet");

test.each([
  ["an empty file", "", "empty file"],
  ["a header of nothing", "\n\n", "expected rows, got none"],
  ["other bytes", Uint8Array.of(1, 0, 2, 0, 3), "expected CSV, Arrow or Parquet, got other bytes"],
  ["bytes without a zero", Uint8Array.of(0x80, 0x81, 0xfe, 10), "1: not UTF-8"],
  ["UTF-16", Buffer.from("\ufeffa,b\n", "utf16le"), "expected UTF-8, got UTF-16"],
  ["a cut gzip", gzipSync(csv).subarray(0, 20), "gzip ends early"],
  ["gzip of nothing", gzipSync(""), "empty file"],
  ["a short Parquet", "PAR1PAR1", "invalid Parquet data: "],
  ["a short Arrow file", "ARROW1\0\0", "invalid Arrow data: "],
  ["a short Arrow stream", Uint8Array.of(255, 255, 255, 255, 16, 0, 0, 0, 1), "invalid Arrow data: cut in a message"],
  ["a doubled column", "a,a\n1,2\n", "1: doubled column: a"],
  ["a ragged row", "a,b\n1,2\n3\n", "3: expected 2 cells, got: 1"],
  ["a quote that stays open", 'a,b\n1,"2\n3,4\n', "2: quote not closed"]
])("openTable(path) refuses %s", async (_, bytes, message) => {
  await refuses(file(folder, "refused", bytes), message);
});

test("openTable(path) refuses Parquet that is cut, or whose footer lies", async () => {
  await write(parquet, "parquet", [...columns], [table]);
  const whole = readFileSync(parquet);
  await refuses(file(folder, "cut", whole.subarray(0, -20)), "invalid Parquet data: ");
  for (const length of [0, 1, 7, 2 ** 31 - 1, 2 ** 32 - 1]) {
    const lying = Buffer.from(whole);
    lying.writeUInt32LE(length, lying.length - 8);
    await refuses(file(folder, "lying", lying), "invalid Parquet data: ");
  }
});

test("openTable(path) throws InputErrors or reads, whichever byte of a Parquet or Arrow file is another", async () => {
  for (const format of ["arrow", "parquet"] as const) {
    const path = join(folder, `flipped.${format}`);
    await write(path, format, [...columns], [table]);
    const whole = readFileSync(path);
    for (let i = 8; i < whole.length; i += 9) {
      const flipped = Buffer.from(whole);
      flipped[i]! ^= 0xff;
      const error = await batchesAt(file(folder, "flip", flipped)).catch((error) => error);
      if (!Array.isArray(error)) expect(error, `${format} ${i}`).toBeInstanceOf(InputError);
    }
  }
});

test("openTable(path) says why a file cannot be read", async () => {
  mkdirSync(join(folder, "inner"));
  await refuses(join(folder, "inner"), "is a folder");
  await refuses(join(folder, "none.csv"), "no such file");
});

async function refuses(path: string, message: string): Promise<void> {
  const error = await batchesAt(path).catch((error) => error);
  expect(error).toBeInstanceOf(InputError);
  expect(error.message).toContain(`${path}:`);
  expect(error.message).toContain(message);
}
