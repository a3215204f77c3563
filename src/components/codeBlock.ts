import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";

hljs.registerLanguage("typescript", typescript);

/** TypeScript with its syntax in color. */
export function codeBlock(source: string): HTMLElement {
  const pre = document.createElement("pre");
  const code = document.createElement("code");
  pre.className = "source";
  code.innerHTML = hljs.highlight(source.trimEnd(), {language: "typescript"}).value; // highlight.js escapes the source
  pre.append(code);
  return pre;
}
