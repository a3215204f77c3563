// biome-ignore-all lint/suspicious/noTemplateCurlyInString: pages are full of them
import {expect, it} from "vitest";
import {pageCells} from "./pageCells.js";

it("pageCells(markdown) keeps TypeScript cells on their lines", () => {
  expect(lines("# A\n\n```ts\nconst a = 1\n```\n\n~~~ts echo\nlet b = a;\n~~~\n")).toEqual({
    4: "const a = 1",
    5: ";",
    8: "let b = a;",
    9: ";"
  });
});

it("pageCells(markdown) keeps inline expressions on their lines, as functions", () => {
  const page = "---\ntitle: A\n---\n\n# ${a} of\n${b}\n\n<p>\n${c} and ${d}</p>\n\n| x |\n|---|\n| ${e} |";
  expect(lines(page)).toEqual({
    5: ";async () => (a);",
    6: ";async () => (b);",
    9: ";async () => (c);;async () => (d);",
    13: ";async () => (e);"
  });
});

it("pageCells(markdown) keeps an expression of several lines, in a list too", () => {
  expect(lines("${a(\n  b\n)} c\n")).toEqual({1: ";async () => (a(", 2: "  b", 3: "));"});
  expect(lines("- ${a(\n    b\n  )}\n")).toEqual({1: ";async () => (a(", 2: "  b", 3: "));"});
});

it("pageCells(markdown) leaves out what Framework does not run as TypeScript", () => {
  expect(lines("`${a}` \\${b}\n\n```js\nc\n```\n\n```ts run=false\nd\n```\n\n    ${e}\n\n<!-- ${f} -->\n")).toEqual({});
});

it("pageCells(markdown) of nothing is an empty module", () => {
  expect(pageCells("")).toBe("\nexport {};\n");
});

/** The lines that are not empty, by number, without the last. */
function lines(markdown: string): Record<number, string> {
  const all = pageCells(markdown).split("\n").slice(0, -2);
  return Object.fromEntries(all.map((line, i) => [i + 1, line] as const).filter(([, line]) => line));
}
