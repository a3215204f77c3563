import fc from "fast-check";
import {expect, test} from "vitest";
import {visibleText} from "../../lib/live/visibleText.js";

test("visibleText(text) shows what would not be seen", () => {
  expect(visibleText("a\r\n\x1b[31mb\0\x7f\x9b")).toBe("a\\x0d\\x0a\\x1b[31mb\\x00\\x7f\\x9b");
  expect(visibleText("\u202egnp.exe\u200b\u2028\ufeff\u{e0041}")).toBe("\\u202egnp.exe\\u200b\\u2028\\ufeff\\u{e0041}");
  expect(visibleText("half \ud800, whole 😀, é ß 漢 \\")).toBe("half \\ud800, whole 😀, é ß 漢 \\");
});

test("visibleText(text, most) cuts a long end, and no pair", () => {
  expect([visibleText("abcde", 5), visibleText("abcdef", 5), visibleText("", 5)]).toEqual(["abcde", "abcd…", ""]);
  expect(visibleText("abc😀def", 5)).toBe("abc…");
  expect(visibleText("\n".repeat(9), 9)).toBe("\\x0a\\x0a…");
});

test("visibleText(text, most) is one visible line of at most so many units, whatever the text", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0xffff), {maxLength: 60}), fc.integer({min: 1, max: 70}), (units, most) => {
      const visible = visibleText(String.fromCharCode(...units), most);
      expect(visible.length).toBeLessThanOrEqual(most);
      expect(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(visible)).toBe(false);
    })
  );
});
