import {type ColumnSpecification, describeColumn} from "../lib/traffic/schema.js";

const separated = new Intl.NumberFormat("en-US");

/** A whole number with separators between thousands: 20,000. */
export function formatCount(count: number): string {
  return separated.format(count);
}

/** A count with what is counted: 1 row, 20,000 rows. */
export function formatCounted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A share as a percentage with one decimal, a dash where it is undefined: 91.5 %. */
export function formatPercent(share: number, decimals = 1): string {
  return Number.isNaN(share) ? "–" : `${(share * 100).toFixed(decimals)}\u00a0%`;
}

/** A score or threshold with three decimals. */
export function formatScore(score: number): string {
  return score.toFixed(3);
}

/** A moment as date and time in UTC: 2026-01-05 00:00. */
export function formatTime(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace("T", " ");
}

/** A value of the named column with its unit, as tables and tooltips show it; a dash where it is missing. */
export function formatValue(name: string, value: number | string | null): string {
  if (value === null) return "–";
  if (typeof value === "string") return value;
  const column = describeColumn(name);
  if (column.type === "time") return formatTime(value);
  const digits = Number.isInteger(value) ? formatCount(value) : formatDecimal(value);
  return !showsUnit(column) ? digits : `${digits} ${column.unit}`;
}

/** The column’s title with its unit: Request rate (requests/min). */
export function titleWithUnit({title, unit}: ColumnSpecification): string {
  return unit === "" || unit === "share" || unit === "ratio" ? title : `${title} (${unit})`;
}

function showsUnit({unit}: ColumnSpecification): boolean {
  return ["requests/min", "s", "°", "paths"].includes(unit);
}

function formatDecimal(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(3);
}
