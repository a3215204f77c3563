import {defaultFlowFeatures, defaultSessionFeatures} from "./defaultFeatures.js";
import {parseFeature} from "./featureColumn.js";
import {mostCategories} from "./featuresToGrow.js";
import type {RowKind} from "./ingest.js";
import {type Column, isNumbers, type Table} from "./table.js";

/** A feature that is left out, and why. */
export interface LeftOutFeature {
  readonly name: string;
  readonly reason: "missing" | "always the same" | "too many values";
}

/** What the forest sees of a kind of rows unless told otherwise. */
export function defaultFeatures(kind: RowKind): readonly string[] {
  return kind === "sessions" ? defaultSessionFeatures : defaultFlowFeatures;
}

/** The default features of a kind of rows that these rows have, and those that tell nothing about them. */
export function availableFeatures({columns}: Table, kind: RowKind): {features: string[]; leftOut: LeftOutFeature[]} {
  const features: string[] = [];
  const leftOut: LeftOutFeature[] = [];
  for (const name of defaultFeatures(kind)) {
    const reason = reasonAgainst(columns[parseFeature(name).column]);
    if (reason === null) features.push(name);
    else leftOut.push({name, reason});
  }
  return {features, leftOut};
}

function reasonAgainst(column: Column | undefined): LeftOutFeature["reason"] | null {
  if (column === undefined) return "missing";
  if (!isNumbers(column) && column.values.length > mostCategories) return "too many values";
  const [values, isMissing] = isNumbers(column)
    ? [column, (value: number) => Number.isNaN(value)]
    : [column.codes, (value: number) => value < 0];
  let first: number | undefined;
  for (const value of values) {
    if (isMissing(value) || value === first) continue;
    if (first !== undefined) return null;
    first = value;
  }
  return first === undefined ? "missing" : "always the same";
}
