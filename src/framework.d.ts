import type * as stdlib from "observablehq:stdlib";

/** What a cell of a page can use without an import, as far as it needs no CDN. Values are typed as other cells see them. */
declare global {
  const FileAttachment: typeof stdlib.FileAttachment;
  const Generators: typeof stdlib.Generators;
  const Mutable: typeof stdlib.Mutable;
  const resize: typeof stdlib.resize;

  /** The width of the page’s main column, in pixels. */
  const width: number;
  /** Milliseconds since the epoch, changing all the time. */
  const now: number;
  /** Whether the page is shown in a dark theme. */
  const dark: boolean;

  /** Settles when the cell is about to run again. */
  const invalidation: Promise<void>;
  /** Settles, with the value if there is one, as soon as the cell is on screen. */
  function visibility(): Promise<void>;
  function visibility<T>(value: T): Promise<T>;

  /** Shows a value in place of the cell, and returns it. */
  function display<T>(value: T): T;
  /** Shows an input and returns its value, which changes in other cells as the reader changes it. */
  function view<E extends EventTarget & {value?: unknown}>(input: E): stdlib.InputValue<E>;

  /** The build replaces the parameters of a page’s path; this site has only one. */
  const observable: {readonly params: {readonly experiment: string}};
}
