/** What a column is for: pages and readers treat columns by role, not by name. */
export type Role = "time" | "client" | "server" | "feature" | "place" | "label" | "result";

/** One column that the library makes or knows. */
export interface ColumnSpecification {
  readonly name: string;
  /** Short display name, for axes and table heads. */
  readonly title: string;
  readonly type: "number" | "time" | "text";
  readonly role: Role;
  /** Unit of numbers, empty for pure numbers and text. */
  readonly unit: string;
  /** Least and greatest value that a file may state, where there are such. */
  readonly range?: readonly [number, number];
  /** One sentence: what the value is. */
  readonly meaning: string;
  /** For features: which fake traffic moves it, and in which direction. */
  readonly reveals?: string;
}
