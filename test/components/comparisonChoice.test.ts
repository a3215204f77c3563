import fc from "fast-check";
import {expect, test} from "vitest";
import {formatDetector, ignoredWords, parseComparison, parseDetector} from "../../src/components/comparisonChoice.js";

test.each(["built", "paper:1", "fair-cut:0", "isotree:999999999", "experiment:other: one"])(
  "parseDetector(%s) undoes formatDetector",
  (text) => expect(formatDetector(parseDetector(text)!)).toBe(text)
);

test("parseDetector(preset) has seed 1 unless told", () => {
  expect(parseDetector("rrcf")).toEqual({kind: "preset", preset: "rrcf", seed: 1});
});

test.each([
  "",
  "Built",
  "paper:",
  "paper:-1",
  "paper:1.5",
  "paper:1e3",
  "paper:9999999999",
  "__proto__:1",
  "constructor",
  "experiment:"
])("parseDetector(%s) is null", (text) => expect(parseDetector(text)).toBeNull());

test("parseComparison(query, experiments) takes each detector once, six at most, and says what it leaves out", () => {
  const asked = [
    "built",
    "paper:1",
    "paper",
    "no",
    "experiment:a",
    "experiment:b",
    "auto:1",
    "rrcf:1",
    "rrcf:2",
    "rrcf:3"
  ];
  const {choices, ignored} = parseComparison(query(asked), ["a"]);
  expect(choices!.map(formatDetector)).toEqual(["built", "paper:1", "experiment:a", "auto:1", "rrcf:1", "rrcf:2"]);
  expect(ignored).toEqual(["no", "experiment:b", "rrcf:3"]);
});

test("parseComparison(query, experiments) has no choice where none is asked for that there is", () => {
  expect(parseComparison(query([]), [])).toEqual({choices: null, ignored: []});
  expect(parseComparison(query(["<script>"]), [])).toEqual({choices: null, ignored: ["<script>"]});
});

test("parseComparison(query, experiments) takes any text", () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (texts) => {
      const {choices, ignored} = parseComparison(query(texts), ["a"]);
      expect((choices?.length ?? 0) + ignored.length).toBeLessThanOrEqual(texts.length);
    })
  );
});

test("ignoredWords(ignored) stays short", () => {
  expect(ignoredWords([])).toBe("");
  expect(ignoredWords(["a"])).toBe("The address asked for “a”, which cannot be compared here.");
  expect(ignoredWords(new Array(1000).fill("x".repeat(9999))).length).toBeLessThan(250);
});

function query(texts: readonly string[]): URLSearchParams {
  return new URLSearchParams(texts.map((text) => ["with", text]));
}
