/** Hypertext Literal 0.3, which has no types of its own. */
declare module "htl" {
  type Literal<T> = (strings: TemplateStringsArray, ...values: unknown[]) => T;

  /** An element; several at the top come in a span, none gives null, so ask for a type if it is not an HTMLElement. */
  export const html: (<T extends Node | null = HTMLElement>(
    strings: TemplateStringsArray,
    ...values: unknown[]
  ) => T) & {
    fragment: Literal<DocumentFragment>;
  };
  /** Several elements at the top come in a g. */
  export const svg: (<T extends Node | null = SVGElement>(strings: TemplateStringsArray, ...values: unknown[]) => T) & {
    fragment: Literal<DocumentFragment>;
  };
}
