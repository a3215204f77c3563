import {createMarkdownIt, type Token} from "@observablehq/framework/dist/markdown.js";

/**
 * The TypeScript of a page as one module, each cell and inline expression on the lines where the page has it. Expressions
 * are put into functions, since they may stand above the cells whose values they use.
 */
export function pageCells(markdown: string): string {
  const source = markdown
    .replace(/\r\n?/g, "\n")
    .replace(/^---\n.*?\n---(?=\n|$)/s, (matter) => matter.replace(/.+/g, ""));
  const lines = source.split("\n").map(() => "");
  const write = (line: number, code: string) => {
    for (const [i, text] of code.split("\n").entries()) lines[line + i] = (lines[line + i] ?? "") + text;
  };

  let position = 0;
  for (const token of createMarkdownIt().parse(source, {})) {
    if (token.map) position = Math.max(position, offsetOf(source, token.map[0]));
    if (isCell(token)) write(token.map![0], `\n${token.content};`);
    for (const {type, content} of token.children ?? []) {
      if (type !== "placeholder") continue;
      const found = source.indexOf(`\${${content}}`, position);
      write(lineOf(source, found < 0 ? position : found), `;async () => (${content});`);
      if (found >= 0) position = found + 1;
    }
  }
  return `${lines.join("\n")}\nexport {};\n`;
}

function isCell({type, info}: Token): boolean {
  return type === "fence" && /^ts\b(?!.*\brun=["']?false)/.test(info.trim());
}

function offsetOf(source: string, line: number): number {
  let offset = 0;
  for (let i = 0; i < line; ++i) offset = source.indexOf("\n", offset) + 1;
  return offset;
}

function lineOf(source: string, offset: number): number {
  return source.slice(0, offset).split("\n").length - 1;
}
