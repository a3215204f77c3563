import fc from "fast-check";
import {expect, test} from "vitest";
import {patternTable} from "../../../lib/traffic/sessions/patternTable.js";

test("patternTable(patterns) finds a pattern exactly where one is part of the text", () => {
  const letters = fc.stringMatching(/^[abAB]{1,4}$/);
  fc.assert(
    fc.property(
      fc.array(letters, {minLength: 1, maxLength: 6}),
      fc.stringMatching(/^[abABc]{0,20}$/),
      (patterns, text) => {
        const isPart = patterns.some((pattern) => text.toLowerCase().includes(pattern.toLowerCase()));
        expect(finds(patterns, text)).toBe(isPart);
      }
    ),
    {numRuns: 1000}
  );
});

test("patternTable(patterns) refuses more characters than it has classes, and any that is not ASCII", () => {
  expect(() => patternTable(["é"])).toThrow("invalid character of a pattern: é");
  const many = Array.from({length: 100}, (_, i) => String.fromCharCode(i)).join("");
  expect(() => patternTable([many])).toThrow("invalid character of a pattern");
});

function finds(patterns: readonly string[], text: string): boolean {
  const {classOf, next, found} = patternTable(patterns);
  let state = 0;
  for (const byte of new TextEncoder().encode(text)) state = next[state * 64 + classOf[byte]!]!;
  return state === found;
}
