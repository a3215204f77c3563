import fc from "fast-check";
import {expect, test} from "vitest";
import {LineReader, longest} from "../../lib/formats/lineReader.js";

test("LineReader cuts the same lines, however the bytes come in pieces", () => {
  const bytes = fc.uint8Array({maxLength: 200}).map((array) => array.map((byte) => [10, 13, 65, 66][byte % 4]!));
  fc.assert(
    fc.property(bytes, fc.array(fc.nat(200), {maxLength: 6}), (bytes, cuts) => {
      expect(linesOf(pieces(bytes, cuts))).toEqual(linesOf([bytes]));
    })
  );
});

test("LineReader hands over each line with its number, without LF or CR LF", () => {
  expect(linesOf([utf8("a\r\n\nb\rc\nlast")])).toEqual([
    [1, "a"],
    [2, ""],
    [3, "b\rc"],
    [4, "last"]
  ]);
  expect(linesOf([utf8("a\n")])).toEqual([[1, "a"]]);
  expect(linesOf([])).toEqual([]);
});

test("LineReader leaves out a mark of UTF-8, also in pieces", () => {
  expect(linesOf([utf8("\ufeffa\nb")])).toEqual(linesOf([utf8("a\nb")]));
  expect(linesOf(pieces(utf8("\ufeffa\nb"), [1, 2]))).toEqual(linesOf([utf8("a\nb")]));
});

test("LineReader tells of a line that is too long, and goes on behind it", () => {
  const long = "x".repeat(longest + 1);
  const whole = utf8(`a\n${long}\nb\n${long}`);
  const expected = [
    [1, "a"],
    [2, null],
    [3, "b"],
    [4, null]
  ];
  expect(linesOf([whole])).toEqual(expected);
  expect(linesOf(pieces(whole, [5, 1000, 2 ** 19, longest + 3, longest + 4]))).toEqual(expected);
  expect(linesOf([utf8("x".repeat(longest))])).toEqual([[1, "x".repeat(longest)]]);
});

function linesOf(parts: readonly Uint8Array[]): [number, string | null][] {
  const lines: [number, string | null][] = [];
  const reader = new LineReader(
    (bytes, start, end, line) => lines.push([line, new TextDecoder().decode(bytes.subarray(start, end))]),
    (line) => lines.push([line, null])
  );
  for (const part of parts) reader.push(part);
  reader.end();
  return lines;
}

function pieces(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, i) => bytes.slice(places[i], end));
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
