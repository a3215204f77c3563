import {type Column, categoriesOf} from "../../traffic/table.js";
import type {ColumnType} from "./batch.js";

/**
 * A column of values as Arrow and Parquet state them, and its type: numbers, booleans and times become numbers; whatever
 * else there is becomes text, lists and structs as JSON. Numbers turn to text where a whole number is too large for a
 * double, since it would come out as another one.
 */
export function columnOf(values: readonly unknown[], type: ColumnType): {type: ColumnType; column: Column} {
  if (type === "text" || values.some(isTooLarge)) {
    return {type: "text", column: categoriesOf(values.map((value) => (isMissing(value) ? null : textOf(value))))};
  }
  return {type, column: Float64Array.from(values, (value) => (isMissing(value) ? Number.NaN : Number(value)))};
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined;
}

function isTooLarge(value: unknown): boolean {
  return typeof value === "bigint" && BigInt.asIntN(54, value) !== value;
}

function textOf(value: unknown): string {
  if (typeof value === "object") return JSON.stringify(value, (_, part) => plain(part));
  return typeof value === "boolean" ? `${Number(value)}` : `${value}`;
}

function plain(value: unknown): unknown {
  if (typeof value === "bigint") return `${value}`;
  if (value instanceof Map) return Object.fromEntries(value);
  return ArrayBuffer.isView(value) ? Array.from(value as Uint8Array) : value;
}
