import {InputError} from "../inputError.js";
import {parseFeature} from "./featureColumn.js";
import {describeColumn, isDeclared} from "./schema.js";
import {type Categories, type Column, isNumbers} from "./table.js";
import {describeSource, type Traffic, trafficNumbers} from "./traffic.js";

/**
 * The column that a feature is made of: numbers, or categories. Throws an InputError that names the source when it is
 * missing, and the line where it holds text under a `log(…)`, or a text among what are mostly numbers, which would make a
 * category of each. Throws an Error where it tells what a row is, such as `kind`, or what an earlier forest made of it.
 */
export function trafficFeature(traffic: Traffic, name: string): Column {
  const {column: source, isLog} = parseFeature(name);
  const {columns} = traffic;
  if (isLog && Object.hasOwn(columns, name)) {
    throw new InputError(`${describeSource(traffic.source)}: column with the name of a logarithm: ${name}`);
  }
  const column = Object.hasOwn(columns, source) ? columns[source] : undefined;
  if (isLog || column === undefined || isNumbers(column)) return trafficNumbers(traffic, source);
  const {role, type} = describeColumn(source);
  if (role === "label" || role === "result") throw new Error(`expected features without the ${role}: ${source}`);
  const isMeantAsText = isDeclared(source) && type === "text";
  return isMeantAsText || !isMostlyNumbers(column) ? column : trafficNumbers(traffic, source);
}

function isMostlyNumbers({codes, values}: Categories): boolean {
  const signs = values.map((text) => (text.trim() === "" || Number.isNaN(Number(text)) ? -1 : 1));
  return codes.reduce((balance, code) => balance + (signs[code] ?? 0), 0) > 0;
}
