import {fromLog, parseFeature} from "./featureColumn.js";
import {type ColumnSpecification, describeColumn} from "./schema.js";

/** A whole number with separators between thousands: 20,000. */
export function formatCount(count: number): string {
  return separated.format(count);
}

/** A score or threshold with three decimals. */
export function formatScore(score: number): string {
  return score.toFixed(3);
}

/** A moment as date and time in UTC: 2026-01-05 00:00. */
export function formatTime(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace("T", " ");
}

/**
 * A value of the named column or feature with its unit, as tables and tooltips show it; a dash where it is missing. That
 * of a logarithm is the number that it is of.
 */
export function formatValue(name: string, value: number | string | null): string {
  if (value === null) return "–";
  if (typeof value === "string") return value;
  const {column: source, isLog} = parseFeature(name);
  const column = describeColumn(source);
  if (column.type === "time") return formatTime(value);
  const number = isLog ? fromLog(value) : value;
  if (column.unit === "s" && number !== 0 && Math.abs(number) < 0.1) return formatInstant(number);
  const digits = Number.isInteger(number) ? formatCount(number) : formatDecimal(number);
  return showsUnit(column) ? `${digits} ${number === 1 ? singular(column.unit) : column.unit}` : digits;
}

const separated = new Intl.NumberFormat("en-US");

function showsUnit({type, unit}: ColumnSpecification): boolean {
  return type === "number" && !["", "share", "ratio", "UTC"].includes(unit);
}

function singular(unit: string): string {
  return /^[a-z]{2,}s$/.test(unit) ? unit.slice(0, -1) : unit;
}

function formatInstant(seconds: number): string {
  const [factor, unit] = Math.abs(seconds) < 1e-3 ? [1e6, "µs"] : [1e3, "ms"];
  return `${Number((seconds * factor).toPrecision(3))} ${unit}`;
}

function formatDecimal(value: number): string {
  const size = Math.abs(value);
  if (size < 0.01) return `${Number(value.toPrecision(2))}`;
  return size >= 100 ? formatCount(Math.round(value)) : size >= 10 ? value.toFixed(1) : value.toFixed(3);
}
