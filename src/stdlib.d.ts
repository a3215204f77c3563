declare module "observablehq:stdlib" {
  /** A file that the build has copied or a loader has made. Methods that would load a library from a CDN are left out. */
  export interface File {
    readonly name: string;
    readonly mimeType: string;
    /** In milliseconds since the epoch. */
    readonly lastModified: number;
    /** In bytes. */
    readonly size: number;
    readonly href: string;
    url(): Promise<string>;
    blob(): Promise<Blob>;
    arrayBuffer(): Promise<ArrayBuffer>;
    stream(): Promise<ReadableStream<Uint8Array>>;
    text(encoding?: string): Promise<string>;
    json<T = unknown>(): Promise<T>;
    image(properties?: Partial<HTMLImageElement>): Promise<HTMLImageElement>;
    xml(mimeType?: DOMParserSupportedType): Promise<Document>;
    html(): Promise<Document>;
  }

  /** The name must be a literal, relative to the page or module. */
  export function FileAttachment(name: string, base?: string | URL): File;

  /** A value to other cells; assigning to its value property, in the cell that declares it, changes it. */
  export function Mutable(value: boolean): boolean & {value: boolean};
  export function Mutable(value: number): number & {value: number};
  export function Mutable(value: string): string & {value: string};
  export function Mutable<T>(value: T): T & {value: T};

  /** An element that renders anew, with its size in pixels, whenever its container changes size. */
  export function resize(
    render: (
      width: number,
      height: number
    ) => Node | string | null | undefined | Promise<Node | string | null | undefined>,
    invalidation?: Promise<unknown>
  ): HTMLDivElement;

  /** What other cells see of an input: for an input element, its value as its type has it. */
  export type InputValue<E> = E extends HTMLInputElement
    ? string | number | boolean | Date | globalThis.File | FileList | null | undefined
    : E extends HTMLSelectElement
      ? string | string[]
      : E extends {value?: infer T}
        ? T
        : undefined;

  /** Each makes a value that changes in other cells; observers return what cleans up after them, or nothing. */
  export const Generators: {
    dark(): boolean;
    input<E extends EventTarget & {value?: unknown}>(element: E): InputValue<E>;
    now(): number;
    observe<T>(initialize: (change: (value: T) => T) => (() => void) | undefined): T;
    queue<T>(initialize: (change: (value: T) => T) => (() => void) | undefined): T;
    width(element: Element, options?: ResizeObserverOptions): number;
  };
}

declare module "arquero/dist/arquero.min.js" {
  import * as aq from "arquero";
  export default aq;
}
