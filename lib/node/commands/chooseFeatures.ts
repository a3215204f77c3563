import {describeColumn, isDeclared} from "../../traffic/schema.js";
import type {ColumnType} from "../tables/batch.js";
import type {ColumnSurvey} from "../tables/surveyTables.js";

/** A column that is no feature, and why. */
export interface LeftOut {
  readonly name: string;
  readonly reason: string;
}

/** The columns that a forest sees unless told otherwise: all that hold numbers, but for those with a reason not to. */
export function chooseFeatures(
  columns: readonly ColumnSurvey[],
  label: string | undefined
): {features: string[]; leftOut: LeftOut[]} {
  const features: string[] = [];
  const leftOut: LeftOut[] = [];
  for (const column of columns) {
    const reason = reasonAgainst(column.name, column.type, label) ?? constancy(column);
    if (reason === null) features.push(column.name);
    else {
      const {name, firstText} = column;
      leftOut.push({name, reason: reason === "text" && firstText ? textReason(firstText) : reason});
    }
  }
  return {features, leftOut};
}

/** Why a column is no feature, as far as its name and type tell; null if it may be one. */
export function reasonAgainst(name: string, type: ColumnType, label: string | undefined): string | null {
  if (name === label || /^label$/i.test(name)) return "label";
  if (isDeclared(name) && describeColumn(name).role !== "feature") return describeColumn(name).role;
  if (/^(id|index)$|[_ .-]id$/i.test(name) || /[a-z]I[dD]$/.test(name)) return "identifier";
  return type === "number" ? null : type;
}

function constancy({min, max}: ColumnSurvey): string | null {
  if (min > max) return "empty";
  return min === max ? "constant" : null;
}

function textReason({place, text}: NonNullable<ColumnSurvey["firstText"]>): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029]/gu, " ");
  return `text at ${place}: ${line.length > 40 ? `${line.slice(0, 39)}…` : line}`;
}
