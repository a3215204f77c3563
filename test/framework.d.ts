/** Of Framework’s own parser, which has no types, only what reading the code of a page needs. */
declare module "@observablehq/framework/dist/markdown.js" {
  export interface Token {
    readonly type: string;
    readonly content: string;
    /** The first line and the one after the last, from 0; null where Framework has made the token itself. */
    readonly map: [number, number] | null;
    readonly info: string;
    readonly children: Token[] | null;
  }
  export function createMarkdownIt(): {parse(source: string, context: object): Token[]};
}
