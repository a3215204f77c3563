import type {Forest} from "../forest/forest.js";
import {parseFeature} from "../traffic/featureColumn.js";
import {type Column, isNumbers, type Table, valueAt} from "../traffic/table.js";
import type {Reason} from "./alert.js";
import {type Profile, shareAt, typicalOf} from "./profile.js";
import {scoreTable} from "./trainModel.js";

/**
 * What made a row’s score high, the weightiest first: for each feature, by how much the score falls when its column is
 * typical of the rows that the model learned from and all others stay, where it falls; at most five. What two features say
 * alike, such as requests and their rate, weighs little in either, as the other still says it.
 */
export function reasonsOf(forest: Forest, profile: Profile, table: Table, row: number): Reason[] {
  const {features} = forest;
  const sources = features.map((feature) => parseFeature(feature).column);
  const columns = [...new Set(sources)].map((name) => {
    const places = sources.flatMap((source, j) => (source === name ? [j + 1] : []));
    return [
      name,
      withTypical(table.columns[name]!, row, features.length + 1, places, typicalOf(profile[name]!))
    ] as const;
  });
  const score = scoreTable(forest, {rows: features.length + 1, columns: Object.fromEntries(columns)});
  return features
    .map((feature, j) => {
      const name = sources[j]!;
      const value = valueAt(table.columns[name]!, row);
      const typical = typicalOf(profile[name]!);
      return {feature, value, typical, share: shareAt(profile[name]!, value), contribution: score[0]! - score[j + 1]!};
    })
    .filter(({contribution}) => contribution > 0)
    .sort((a, b) => b.contribution - a.contribution || (a.feature < b.feature ? -1 : 1))
    .slice(0, 5);
}

/** A row’s value so many times, but the typical one at some places. */
function withTypical(
  column: Column,
  row: number,
  rows: number,
  places: readonly number[],
  typical: number | string | null
): Column {
  if (isNumbers(column)) {
    const values = new Float64Array(rows).fill(column[row]!);
    for (const place of places) values[place] = (typical as number | null) ?? Number.NaN;
    return values;
  }
  const text = column.values[column.codes[row]!];
  const values = [text ?? "", (typical as string | null) ?? ""];
  const codes = new Int32Array(rows).fill(text === undefined ? -1 : 0);
  for (const place of places) codes[place] = typical === null ? -1 : values[0] === values[1] ? 0 : 1;
  return {codes, values};
}
