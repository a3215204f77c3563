import {parse} from "csv-parse/sync";
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
])("CsvRecords cuts %j", (text, expected) => {
  expect(recordsOf([text])).toEqual(expected);
});

test.each([
  ['a\n"b"c,1\nd', [["a"], 1, "invalid closing quote", 2, ["d"], 3]],
  ['a\nb"c\nd', [["a"], 1, "invalid opening quote", 2, ["d"], 3]],
  ['a\n"b\nc\nd', [["a"], 1, "quote not closed", 2, ["c"], 3, ["d"], 4]],
  ["a\nb\ufffd\nd", [["a"], 1, "not UTF-8", 2, ["d"], 3]],
  ['a\n"b\ufffd"\nd', [["a"], 1, "not UTF-8", 2, ["d"], 3]],
  ['"', ["quote not closed", 1]]
])("CsvRecords reports what is no record in %j and goes on with the next line", (text, expected) => {
  expect(recordsOf([text])).toEqual(expected);
});

test("CsvRecords gives up on a line that never ends and on a quote that is never closed", () => {
  const piece = "x".repeat(2 ** 20);
  const many = Array.from({length: 20}, () => piece);
  expect(recordsOf(["a\n", ...many, "\nb\n"])).toEqual([["a"], 1, "line too long", 2, ["b"], 3]);
  expect(recordsOf(["a\n", '"', ...many, "\nb\n"])).toEqual([["a"], 1, "quote not closed", 2, ["b"], 3]);
});

test("CsvRecords agrees with csv-parse, however the text is cut", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "1", ",", '"', '""', '"x"', "\n", "\r\n", "\r", " "),
    maxLength: 40
  });
  fc.assert(
    fc.property(text, fc.nat(40), fc.nat(40), (text, i, k) => {
      const [from, to] = [Math.min(i, k), Math.max(i, k)];
      const records = recordsOf([text.slice(0, from), text.slice(from, to), text.slice(to)]);
      expect(records).toEqual(recordsOf([text]));
      const expected = parsed(text);
      if (expected !== null) expect(records.filter(Array.isArray)).toEqual(expected);
      else expect(records.some((record) => typeof record === "string")).toBe(true);
    }),
    {numRuns: 2000}
  );
});

function recordsOf(pieces: string[]) {
  const found: (string[] | string | number)[] = [];
  const records = new CsvRecords(",", {
    record: (cells, line) => found.push(cells, line),
    fault: (reason, line) => found.push(reason, line)
  });
  for (const piece of pieces) records.push(piece);
  records.end();
  return found;
}

function parsed(text: string): string[][] | null {
  try {
    return parse(text, {record_delimiter: ["\r\n", "\n", "\r"], relax_column_count: true, skip_empty_lines: true});
  } catch {
    return null;
  }
}
