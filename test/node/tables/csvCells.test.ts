import fc from "fast-check";
import {expect, test} from "vitest";
import {exactFrom, exactIn, numberFrom, numberIn} from "../../../lib/node/tables/csvCells.js";

test.each([
  ["-0", -0],
  ["+.5", 0.5],
  ["5.", 5],
  ["007", 7],
  ["1e-7", 1e-7],
  [" 1 ", 1],
  // 2⁵³ and its neighbours, more digits than a double holds, and halfway between two doubles.
  ["9007199254740991", 2 ** 53 - 1],
  ["9007199254740993", 2 ** 53],
  ["0.1000000000000000055511151231257827", 0.1],
  ["1.00000000000000011102230246251565404", 1],
  [`0.${"0".repeat(22)}1`, 1e-23],
  [`0.${"0".repeat(400)}1`, 0],
  ["", Number.NaN],
  [".", Number.NaN],
  ["-", Number.NaN],
  ["--1", Number.NaN],
  ["1.2.3", Number.NaN],
  ["1,5", Number.NaN],
  ["0x10", Number.NaN],
  ["Infinity", Number.NaN],
  ["9".repeat(400), Number.NaN]
])("numberIn(bytes, start, end) reads %j", (text, expected) => {
  expect(numberIn(Buffer.from(`1${text}2`), 1, 1 + text.length)).toBe(expected);
});

test("numberIn(bytes, start, end) reads decimal commas where there are such", () => {
  const bytes = Buffer.from("1,5");
  expect(numberIn(bytes, 0, 3, true)).toBe(1.5);
  expect(numberIn(bytes, 0, 2, true)).toBe(1);
});

test("exactIn(bytes, start, end) reads no whole number that a double cannot hold", () => {
  for (const text of ["9007199254740992", "-9007199254740993"])
    expect(exactIn(Buffer.from(text), 0, text.length)).toBeNaN();
  expect(exactIn(Buffer.from("9007199254740993.0"), 0, 18)).toBe(2 ** 53);
});

const number = fc.oneof(
  fc.double().map(String),
  fc.tuple(fc.double(), fc.nat(30)).map(([value, digits]) => value.toFixed(digits)),
  fc.tuple(fc.double(), fc.nat(30)).map(([value, digits]) => value.toExponential(digits)),
  fc.bigInt({min: -(2n ** 70n), max: 2n ** 70n}).map(String),
  fc
    .tuple(fc.bigInt({min: -(2n ** 60n), max: 2n ** 60n}), fc.nat(30))
    .map(([value, digits]) => `${value}.${"0".repeat(digits)}1`)
);
const notation = fc.string({unit: fc.constantFrom(..."00112345999..,,+-eExXobn é\t"), maxLength: 24});

test("numberIn and exactIn read the same as numberFrom and exactFrom do", () => {
  const around = fc.string({maxLength: 3, unit: "grapheme"});
  const text = fc.oneof(number, notation, fc.string({unit: "grapheme"}));
  fc.assert(
    fc.property(text, around, around, fc.boolean(), (text, before, after, hasDecimalCommas) => {
      const bytes = Buffer.from(before + text + after);
      const start = Buffer.byteLength(before);
      const end = start + Buffer.byteLength(text);
      expect(numberIn(bytes, start, end, hasDecimalCommas)).toBe(numberFrom(text, hasDecimalCommas));
      expect(exactIn(bytes, start, end, hasDecimalCommas)).toBe(exactFrom(text, hasDecimalCommas));
    }),
    {numRuns: 5000}
  );
});
