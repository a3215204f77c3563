import {parseFeature} from "../traffic/featureColumn.js";
import {formatCount, formatScore, formatValue} from "../traffic/formatValue.js";
import {describeColumn} from "../traffic/schema.js";
import type {Alert, AlertPlace, Reason} from "./alert.js";
import {visibleText} from "./visibleText.js";

/**
 * An alert in words, on one line of at most about 900 characters: who, how high the score is, and the three weightiest
 * reasons, such as `10.0.0.7 scored 0.710 (threshold 0.620): 412 requests, typically 6`. Texts of the traffic are shown with
 * their control characters visible.
 */
export function alertSentence(alert: Alert): string {
  const {client, place, score, threshold, status, reasons} = alert;
  const who = `${visibleText(client, 100)}${placeWords(place)}`;
  const how = `${status === "closed" ? "scored up to" : "scored"} ${formatScore(score)}`;
  const end = status === "closed" ? `, and is over after ${recordWords(alert)}` : "";
  const head = `${who} ${how} (threshold ${formatScore(threshold)})${end}`;
  return reasons.length === 0 ? head : `${head}: ${reasons.slice(0, 3).map(reasonWords).join("; ")}`;
}

function placeWords(place: AlertPlace | null): string {
  const names = [place?.city, place?.country].filter((name) => name != null).map((name) => visibleText(name, 60));
  return names.length === 0 ? "" : ` (${names.join(", ")})`;
}

function recordWords({rows, history}: Alert): string {
  const count = history.at(-1)?.records ?? 0;
  const noun = rows === "sessions" ? "request" : "flagged flow";
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function reasonWords({feature, value, typical}: Reason): string {
  const {column} = parseFeature(feature);
  const {title, unit} = describeColumn(column);
  const own = valueWords(column, value);
  // "412 requests" needs no title.
  const isNamed = typeof value === "number" && title.toLowerCase() === unit;
  return `${isNamed ? own : `${withoutCapital(visibleText(title, 60))} ${own}`}, typically ${typicalWords(column, value, typical)}`;
}

// The unit is said once.
function typicalWords(column: string, value: Reason["value"], typical: Reason["typical"]): string {
  const words = valueWords(column, typical);
  if (typeof value !== "number" || typeof typical !== "number") return words;
  const [, unit] = /^\S+ (.+)$/.exec(words) ?? [];
  return unit !== undefined && valueWords(column, value).endsWith(` ${unit}`)
    ? words.slice(0, -unit.length - 1)
    : words;
}

function valueWords(column: string, value: number | string | null): string {
  if (value === null || Number.isNaN(value)) return "missing";
  return typeof value === "string" ? `“${visibleText(value, 80)}”` : formatValue(column, value);
}

function withoutCapital(title: string): string {
  return /^[A-Z][a-z ]/.test(title) ? title[0]!.toLowerCase() + title.slice(1) : title;
}
