/** Only what Observable Inputs 0.12 documents; the package has no types of its own. */
declare module "@observablehq/inputs" {
  /** An element with a value, which emits an input event whenever the reader changes it. */
  export type Input<T> = HTMLFormElement & {value: T};

  export type Content = string | Node;
  type Data<T> = Iterable<T> | ArrayLike<T>;

  interface Options {
    label?: Content;
    disabled?: boolean;
    /** In pixels, or as in CSS. */
    width?: number | string;
  }

  interface ButtonOptions<T> extends Options {
    value?: T;
    reduce?: (value: T) => T;
    required?: boolean;
  }
  export function button(content?: Content, options?: ButtonOptions<number>): Input<number>;
  export function button<T>(content: Content, options: ButtonOptions<T> & {value: T}): Input<T>;
  export function button<T>(
    contents: Iterable<readonly [Content, ((value: T) => T)?]>,
    options: Omit<ButtonOptions<T>, "reduce" | "disabled"> & {value: T; disabled?: boolean | Iterable<Content>}
  ): Input<T>;

  interface ToggleOptions<T> extends Options {
    value?: T;
    values?: readonly [on: T, off: T];
  }
  export function toggle(options?: ToggleOptions<boolean>): Input<boolean>;
  export function toggle<T>(options: ToggleOptions<T> & {values: readonly [on: T, off: T]}): Input<T>;

  interface ChoiceOptions<D, K, V> extends Omit<Options, "disabled"> {
    locale?: string;
    keyof?: (datum: D, index: number, data: D[]) => K;
    valueof?: (datum: D, index: number, data: D[]) => V;
    format?: (datum: D, index: number, data: D[]) => Content;
    disabled?: boolean | Iterable<V>;
    sort?: boolean | "ascending" | "descending" | ((a: K, b: K) => number);
    unique?: boolean;
  }
  interface OneOptions<D, K, V> extends ChoiceOptions<D, K, V> {
    key?: K;
    value?: V | null;
  }
  interface ManyOptions<D, K, V> extends ChoiceOptions<D, K, V> {
    key?: Iterable<K>;
    value?: Iterable<V>;
  }
  export function radio<K, V>(data: Map<K, V>, options?: OneOptions<[K, V], K, V>): Input<V | null>;
  export function radio<D, K = D, V = D>(data: Data<D>, options?: OneOptions<D, K, V>): Input<V | null>;
  export function checkbox<K, V>(data: Map<K, V>, options?: ManyOptions<[K, V], K, V>): Input<V[]>;
  export function checkbox<D, K = D, V = D>(data: Data<D>, options?: ManyOptions<D, K, V>): Input<V[]>;
  export function select<K, V>(
    data: Map<K, V>,
    options: ManyOptions<[K, V], K, V> & {multiple: true | number}
  ): Input<V[]>;
  export function select<K, V>(data: Map<K, V>, options?: OneOptions<[K, V], K, V> & {multiple?: false}): Input<V>;
  export function select<D, K = D, V = D>(
    data: Data<D>,
    options: ManyOptions<D, K, V> & {multiple: true | number}
  ): Input<V[]>;
  /** The first option is chosen at first, so the value is null only if there is none. */
  export function select<D, K = D, V = D>(data: Data<D>, options?: OneOptions<D, K, V> & {multiple?: false}): Input<V>;

  interface NumberOptions extends Options {
    value?: number;
    step?: number | "any";
    format?: (value: number) => string | number;
    placeholder?: string;
    transform?: (value: number) => number;
    invert?: (value: number) => number;
    validate?: (input: HTMLInputElement) => boolean;
  }
  export function range(extent?: readonly [min: number, max: number], options?: NumberOptions): Input<number>;
  export function number(
    extent: readonly [min?: number, max?: number] | undefined,
    options: NumberOptions
  ): Input<number>;
  export function number(options?: NumberOptions): Input<number>;

  interface TypingOptions extends Options {
    value?: string;
    placeholder?: string;
    spellcheck?: boolean | string;
    autocomplete?: boolean | string;
    autocapitalize?: boolean | string;
    minlength?: number;
    maxlength?: number;
    required?: boolean;
    readonly?: boolean;
    validate?: (input: HTMLInputElement) => boolean;
    submit?: boolean | Content;
  }
  interface TextOptions extends TypingOptions {
    type?: string;
    pattern?: string;
    min?: string | number;
    max?: string | number;
    datalist?: Iterable<string>;
  }
  export function text(options?: TextOptions): Input<string>;
  export function email(options?: TextOptions): Input<string>;
  export function tel(options?: TextOptions): Input<string>;
  export function url(options?: TextOptions): Input<string>;
  export function password(options?: TextOptions): Input<string>;
  export function color(options?: TextOptions): Input<string>;
  export function textarea(
    options?: TypingOptions & {rows?: number; resize?: boolean; monospace?: boolean}
  ): Input<string>;

  interface DateOptions extends Options {
    value?: Date | string | number;
    min?: Date | string | number;
    max?: Date | string | number;
    required?: boolean;
    readonly?: boolean;
    validate?: (input: HTMLInputElement) => boolean;
    submit?: boolean | Content;
  }
  export function date(options?: DateOptions): Input<Date | null>;
  export function datetime(options?: DateOptions): Input<Date | null>;

  interface FileOptions<F> extends Options {
    required?: boolean;
    /** Endings or media types, separated by commas. */
    accept?: string;
    capture?: string;
    transform?: (file: File) => F;
    validate?: (input: HTMLInputElement) => boolean;
  }
  export function file<F = File>(options: FileOptions<F> & {multiple: true}): Input<F[]>;
  export function file<F = File>(options?: FileOptions<F> & {multiple?: false}): Input<F | null>;

  interface SearchOptions<T> extends Options {
    locale?: string;
    format?: (count: number) => string;
    query?: string;
    placeholder?: string;
    columns?: Iterable<string>;
    spellcheck?: boolean | string;
    autocomplete?: boolean | string;
    autocapitalize?: boolean | string;
    filter?: (query: string) => (datum: T, index: number, data: T[]) => boolean;
    datalist?: Iterable<string>;
    /** By default the value is everything while the query is empty. */
    required?: boolean;
  }
  export function search<T>(data: Data<T>, options?: SearchOptions<T>): Input<T[]> & {query: string};
  export function searchFilter(query: string): (datum: unknown) => boolean;

  type Columns<T, U> = {[K in keyof T & string]?: U};
  interface TableOptions<T> {
    columns?: Iterable<string>;
    /** What is selected at first: rows, or one row if multiple is false. */
    value?: Iterable<T> | T | null;
    /** By default the value is everything while nothing is selected. */
    required?: boolean;
    sort?: string;
    reverse?: boolean;
    format?: {[K in keyof T & string]?: (value: T[K], index: number, data: T[]) => Content | number | null | undefined};
    locale?: string;
    align?: Columns<T, "left" | "right" | "center">;
    header?: Columns<T, Content>;
    /** How many rows to show before scrolling; default 11.5. */
    rows?: number;
    height?: number | string;
    maxHeight?: number | string;
    width?: number | string | Columns<T, number | string>;
    maxWidth?: number | string;
    select?: boolean;
    layout?: "fixed" | "auto";
  }
  export function table<T>(
    data: Data<T> | Promise<Data<T>>,
    options: TableOptions<T> & {multiple: false}
  ): Input<T | null>;
  export function table<T>(data: Data<T> | Promise<Data<T>>, options?: TableOptions<T> & {multiple?: true}): Input<T[]>;

  type Valued = {value: unknown};
  type Values<I> = {-readonly [K in keyof I]: I[K] extends {value: infer T} ? T : never};
  export function form<const I extends readonly (Node & Valued)[]>(
    inputs: I,
    options?: {template?: (inputs: I) => HTMLElement}
  ): HTMLElement & {value: Values<I>};
  export function form<I extends Record<string, Node & Valued>>(
    inputs: I,
    options?: {template?: (inputs: I) => HTMLElement}
  ): HTMLElement & {value: Values<I>};

  export function input<T>(value: T): EventTarget & {value: T};
  export function bind<E extends EventTarget>(target: E, source: EventTarget, invalidation?: Promise<unknown>): E;
  export function disposal(element: Element): Promise<void>;

  export function formatDate(date: Date): string;
  export function formatLocaleAuto(locale?: string): (value: unknown) => string;
  export function formatLocaleNumber(locale?: string): (value: number) => string;
  export function formatTrim(value: number): string;
}
