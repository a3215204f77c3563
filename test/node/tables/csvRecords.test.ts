import fc from "fast-check";
import {expect, test} from "vitest";
import {CsvRecords} from "../../../lib/node/tables/csvRecords.js";

test.each([
  ["a,b\n1,2\n", [["a", "b"], 1, ["1", "2"], 2]],
  ["a,b\r\n1,2", [["a", "b"], 1, ["1", "2"], 2]],
  ["a\r1\r\r2", [["a"], 1, ["1"], 2, ["2"], 4]],
  ["a,\n,\n", [["a", ""], 1, ["", ""], 2]],
  ['"a ""b""",","\n""\n', [['a "b"', ","], 1, [""], 2]],
  ['"x\r\ny\rz"\nw', [["x\r\ny\rz"], 1, ["w"], 4]],
  ["\n\n\n", []],
  ["", []],
  ["a\u0000b\n", [["a\u0000b"], 1]]
])("CsvRecords cuts %j", async (text, expected) => {
  expect(await recordsOf(text)).toEqual(expected);
});

test.each([
  ['a\nb"c\nd', [["a"], 1, "invalid opening quote", 2, ["d"], 3]],
  ['a\nb"c"d\ne"\nf', [["a"], 1, "invalid opening quote", 2, "invalid opening quote", 3, ["f"], 4]],
  ["a\nb\ufffd\nd", [["a"], 1, "not UTF-8", 2, ["d"], 3]],
  ['a\n"b\ufffd"\nd', [["a"], 1, "not UTF-8", 2, ["d"], 3]],
  ['"', ["quote not closed to the end", 1]]
])("CsvRecords reports what is no record in %j and goes on with the next line", async (text, expected) => {
  expect(await recordsOf(text)).toEqual(expected);
});

test.each([
  ['a\n"b"c,1\nd\n"e"\nf', [["a"], 1, "invalid closing quote", 2, "invalid closing quote", 4, ["f"], 5]],
  ['a\n"b"c,1\nd', [["a"], 1, "invalid closing quote", 2, "quote not closed to the end", 2]],
  ['a\n\n"b\nc\nd', [["a"], 1, "quote not closed to the end", 3]],
  ['a\n"b"c\r\nd"\r\ne', [["a"], 1, "invalid closing quote", 2, ["e"], 5]]
])("CsvRecords loses what follows a misplaced quote within quotes in %j", async (text, expected) => {
  expect(await recordsOf(text)).toEqual(expected);
});

test("CsvRecords gives up on a line that never ends and on a quote that is never closed", async () => {
  const many = "x".repeat(20 * 2 ** 20);
  const reason = "record too long, or quote not closed";
  for (const quote of ["", '"']) await expect(recordsOf(`a\n${quote}${many}\nb\n`)).rejects.toThrow(`${reason} in 2`);
});

test("CsvRecords gives the same, however the bytes are cut", async () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "é", ",", '"', '""', '"x"', "\n", "\r\n", "\r", " "),
    maxLength: 40
  });
  await fc.assert(
    fc.asyncProperty(text, fc.nat(40), fc.nat(40), async (text, i, k) => {
      expect(await recordsOf(text, [Math.min(i, k), Math.max(i, k)])).toEqual(await recordsOf(text));
    }),
    {numRuns: 500}
  );
});

async function recordsOf(text: string, cuts: number[] = []) {
  const found: (string[] | string | number)[] = [];
  const records = new CsvRecords(",", {
    record: (cells, line) => found.push(cells, line),
    fault: (reason, line) => found.push(reason, line),
    stop(reason, line) {
      throw new Error(`${reason} in ${line}`);
    }
  });
  const bytes = Buffer.from(text);
  for (const [i, cut] of [...cuts, bytes.length].entries()) await records.push(bytes.subarray(cuts[i - 1] ?? 0, cut));
  await records.end();
  return found;
}
