import {schema} from "./schema.js";
import type {Column} from "./table.js";

/** The columns in the schema’s order, those it does not know last and as they were. */
export function inSchemaOrder(columns: Readonly<Record<string, Column>>): Record<string, Column> {
  const position = new Map(schema.map(({name}, i) => [name, i]));
  const rank = (name: string) => position.get(name) ?? schema.length;
  return Object.fromEntries(Object.entries(columns).sort(([a], [b]) => rank(a) - rank(b)));
}
