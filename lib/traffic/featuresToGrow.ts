import type {Features} from "../forest/features.js";
import {isNumbers} from "./table.js";

/** More different texts than these would make forests of hundreds of megabytes, and mean next to nothing. */
export const mostCategories = 1000;

/**
 * The features as a forest should be grown from them: the categories of each in the order of their first row, without
 * those that no row has, as a table has them that was stored and read again, so that both give the same forest. Throws a
 * RangeError on a feature of too many categories.
 */
export function featuresToGrow(features: Features): Features {
  return Object.fromEntries(
    Object.entries(features).map(([name, column]) => {
      if (isNumbers(column)) return [name, column];
      const codeOf = new Map<number, number>([[-1, -1]]);
      const codes = column.codes.map((code) => {
        const known = codeOf.get(code) ?? codeOf.size - 1;
        codeOf.set(code, known);
        return known;
      });
      const count = codeOf.size - 1;
      if (count > mostCategories) {
        throw new RangeError(`expected at most ${mostCategories} different texts in ${name}, got: ${count}`);
      }
      return [name, {codes, values: Array.from(codeOf.keys(), (code) => column.values[code]!).slice(1)}];
    })
  );
}
