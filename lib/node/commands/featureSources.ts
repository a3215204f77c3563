import type {Forest} from "../../forest/forest.js";
import {InputError} from "../../inputError.js";
import {parseFeature} from "../../traffic/featureColumn.js";
import type {ColumnType, ColumnTypes} from "../tables/batch.js";
import type {ColumnSurvey, Survey} from "../tables/surveyTables.js";

type Columns = Pick<Survey, "columns" | "types">;

/** The name of the column that a feature is made of, where a table has columns of these types. */
export function sourceName(feature: string, types: ColumnTypes): string {
  return types.has(feature) ? feature : parseFeature(feature).column;
}

/** The types that columns must have for a forest, be they the logarithms that it sees or what they are of. */
export function sourceTypes({features, categories}: Pick<Forest, "features" | "categories">): ColumnTypes {
  const types = new Map<string, ColumnType>();
  for (const [j, name] of features.entries()) {
    const type = categories[j] === null ? "number" : "text";
    types.set(parseFeature(name).column, type).set(name, type);
  }
  return types;
}

/** Whether a feature is text. */
export function isText(survey: Columns, feature: string): boolean {
  return surveyOf(survey, feature).type === "text";
}

/**
 * Throws an InputError that names the line of a stray text among the numbers of a feature, which would make a category of
 * each of them, and of a text that has no logarithm.
 */
export function requireNumbers(survey: Columns, features: readonly string[]): void {
  for (const feature of features) {
    const {name, type, firstText, isMostlyNumbers} = surveyOf(survey, feature);
    if (type !== "text" || firstText === undefined || (name === feature && !isMostlyNumbers)) continue;
    throw new InputError(`${firstText.place}: invalid ${name}, expected a number: ${firstText.text}`);
  }
}

/** Throws an InputError that names the line of an infinite number, and of a negative one that has no logarithm. */
export function requireValues(survey: Columns, features: readonly string[]): void {
  for (const feature of features) {
    const {name, firstInfinite, firstNegative} = surveyOf(survey, feature);
    if (firstInfinite !== undefined) throw new InputError(`${firstInfinite}: invalid ${name}: infinite`);
    if (name === feature || firstNegative === undefined) continue;
    const {place, value} = firstNegative;
    throw new InputError(`${place}: invalid ${feature} of a negative number: ${value}`);
  }
}

function surveyOf({columns, types}: Columns, feature: string): ColumnSurvey {
  const source = sourceName(feature, types);
  return columns.find(({name}) => name === source)!;
}
