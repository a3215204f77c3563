import fc from "fast-check";
import {expect, test} from "vitest";
import {CsvRecords} from "../../../lib/node/tables/csvRecords.js";
import {ParsedRecords} from "../../../lib/node/tables/parsedRecords.js";

test.each([
  ["a,b\n1,2\n", [["a", "b"], 1, ["1", "2"], 2]],
  ["a,b\r\n1,2", [["a", "b"], 1, ["1", "2"], 2]],
  ["a\r1\r\r2", [["a"], 1, ["1"], 2, ["2"], 4]],
  ["a,\n,\n", [["a", ""], 1, ["", ""], 2]],
  ['"a ""b""",","\n""\n', [['a "b"', ","], 1, [""], 2]],
  ['"x\r\ny\rz"\nw', [["x\r\ny\rz"], 1, ["w"], 4]],
  ["\n\n\n", []],
  ["", []],
  ["a\u0000b\n", [["a\u0000b"], 1]],
  ['\ufeff"a",b\n"1 ,",\n3,"é\n"\n4,5', [["a", "b"], 1, ["1 ,", ""], 2, ["3", "é\n"], 3, ["4", "5"], 5]]
])("CsvRecords cuts %j", async (text, expected) => {
  expect(await recordsOf(text)).toEqual(expected);
});

test.each([
  ['a\nb"c\nd', [["a"], 1, "invalid opening quote", 2, ["d"], 3]],
  ['a\nb"c"d\ne"\nf', [["a"], 1, "invalid opening quote", 2, "invalid opening quote", 3, ["f"], 4]],
  ["a\nb\ufffd\nd", [["a"], 1, "not UTF-8", 2, ["d"], 3]],
  ['a\n"b\ufffd"\nd', [["a"], 1, "not UTF-8", 2, ["d"], 3]],
  ['a\n"b\ufffd""\n"\nd', [["a"], 1, "not UTF-8", 2, ["d"], 4]],
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
      expect(await recordsOf(text, [i, k])).toEqual(await recordsOf(text));
    }),
    {numRuns: 500}
  );
});

// The parts are what the two could take otherwise: marks of UTF-8 and UTF-16, characters that are cut, quotes of all kinds.
const part = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom("a", "b,", "\ufeff", "c,d\n", "é", "\ufffd", "\0", " ", ",", "\n", "\r\n", "\r", "\n\n")
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(',"x"\n', '\n"x",', '"x,y"', '""', ',"",', '\n""\n', '"x\n', '"', 'x"', '"x"\0')
  }
);
const bytes = fc
  .tuple(
    fc.constantFrom("", "", "\xef\xbb\xbf", "\xef\xbb", "\xff\xfe", "\xff", "\xfe\xff"),
    fc.array(fc.oneof({weight: 5, arbitrary: part.map((text) => Buffer.from(text))}, fc.uint8Array({maxLength: 2})))
  )
  .map(([mark, parts]) => Buffer.concat([Buffer.from(mark, "latin1"), ...parts]));

test.each([",", ";", "\t"])(
  "CsvRecords takes the same bytes for records as ParsedRecords between %j",
  async (delimiter) => {
    const separated = bytes.map((bytes) => Buffer.from(bytes.toString("latin1").replaceAll(",", delimiter), "latin1"));
    await fc.assert(
      fc.asyncProperty(separated, fc.array(fc.nat(30), {maxLength: 5}), async (bytes, cuts) => {
        const expected = await recordsOf(bytes, [], ParsedRecords, delimiter);
        expect(await recordsOf(bytes, cuts, CsvRecords, delimiter)).toEqual(expected);
      }),
      {numRuns: 1000}
    );
  }
);

test("CsvRecords takes the same for records of more than a megabyte", async () => {
  const long = `${"x".repeat(2 ** 20)},y`;
  for (const text of [`a,b\n${long}\n\nc`, `\ufeff${long}"\nc\n`]) {
    const expected = await recordsOf(text, [], ParsedRecords);
    for (const cuts of [[], [2 ** 20, 2 ** 20 + 4]]) expect(await recordsOf(text, cuts)).toEqual(expected);
  }
});

async function recordsOf(
  text: string | Uint8Array,
  cuts: readonly number[] = [],
  Records: typeof CsvRecords | typeof ParsedRecords = CsvRecords,
  delimiter = ","
) {
  const found: (string[] | string | number)[] = [];
  const records = new Records(delimiter, {
    record: (record, line) => found.push(record.cells(), line),
    fault: (reason, line) => found.push(reason, line),
    stop(reason, line) {
      throw new Error(`${reason} in ${line}`);
    }
  });
  const bytes = Buffer.from(text);
  const ends = [...cuts].sort((a, b) => a - b);
  for (const [i, end] of [...ends, bytes.length].entries()) await records.push(bytes.subarray(ends[i - 1] ?? 0, end));
  await records.end();
  return found;
}
