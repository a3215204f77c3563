import {type Command, InvalidArgumentError, Option} from "commander";
import {parseRule, type ThresholdRule} from "../evaluation/threshold.js";
import {declarationOf, type RuleDeclaration, syntaxOf, thresholdRules} from "../evaluation/thresholdRules.js";
import {presets} from "../forest/parameters.js";
import {tableWriters} from "./tables/tableWriter.js";

/** How threshold rules are spelled, for help. */
export const spellings = thresholdRules.map(syntaxOf).join(", ");
/** Those of rules that need no labels. */
export const spellingsWithoutLabels = thresholdRules
  .filter(({needs}) => needs !== "labels")
  .map(syntaxOf)
  .join(", ");

/** What the forest is to be, the same for every verb that grows one. */
export function forestOptions(command: Command): Command {
  return command
    .option("--features <names>", "columns that the forest sees, or log(column), separated by commas", names)
    .addOption(new Option("--preset <name>", "kind of forest").choices(Object.keys(presets)))
    .option("--trees <number>", "number of trees", positive)
    .option("--sample-size <number>", "rows drawn for each tree", whole)
    .option("--dims <number>", "features in a split", positive)
    .option("--seed <number>", "the same seed gives the same scores", whole);
}

/** Where to serve and who may ask, the same for every verb that serves. */
export function serveOptions(command: Command): Command {
  return command
    .option("--port <number>", "the port to listen on, 0 for any free one; 5000 without")
    .option("--host <address>", "the address to listen on; 127.0.0.1, this machine only, without")
    .option("--token <text>", "what others must know: 16 characters or more; EDDY_TOKEN without")
    .option("--no-site", "serve the API alone, without building the site");
}

/** How logs become rows, the same for every verb that reads logs. */
export function rowOptions(command: Command): Command {
  return command
    .addOption(new Option("--rows <kind>", "what to make of logs of requests and flows").choices(["sessions", "flows"]))
    .option("--pause <minutes>", "silence that ends a session; 30 without", above0)
    .addOption(
      new Option(
        "--forwarded <which>",
        "take clients from X-Forwarded-For: its last, its first, or past so many proxies"
      ).argParser(forwarded)
    );
}

export function outputOption(): Option {
  return new Option("--output <file>", "where to write; the ending tells the format; by default the standard output");
}

export function formatOption(): Option {
  return new Option("--format <name>", "what to write, if the ending does not tell").choices(Object.keys(tableWriters));
}

export function names(text: string): string[] {
  const list = text.split(",").map((name) => name.trim());
  if (list.includes("")) throw new InvalidArgumentError("expected names separated by commas");
  return [...new Set(list)];
}

export function positive(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError("expected a whole number from 1");
  return Number(text);
}

export function whole(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("expected a whole number from 0");
  return Number(text);
}

export function number(text: string): number {
  if (!/^\d*\.?\d+(e[-+]?\d+)?$/i.test(text)) throw new InvalidArgumentError("expected a number");
  return Number(text);
}

export function above0(text: string): number {
  const value = number(text);
  if (value === 0) throw new InvalidArgumentError("expected a number above 0");
  return value;
}

export function forwarded(text: string): "last" | "first" | number {
  if (text === "last" || text === "first") return text;
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError("expected last, first or a whole number from 1");
  return Number(text);
}

export function notEmpty(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("expected a secret, got none");
  return text;
}

export function rule(text: string): ThresholdRule {
  try {
    return parseRule(text);
  } catch {
    const declaration = declarationOf(text.split(":")[0] as string);
    throw new InvalidArgumentError(`expected ${declaration === undefined ? spellings : rangeOf(declaration)}`);
  }
}

// How a rule is spelled, and what its numbers may be.
function rangeOf(declaration: RuleDeclaration): string {
  const ranges = declaration.parameters.map(({name, min, max, open}) => {
    const low = Number.isFinite(min) ? ` ${open === undefined ? "from" : "above"} ${min}` : "";
    const high = Number.isFinite(max) ? ` ${open === "both" ? "below" : "up to"} ${max}` : "";
    return `${name}${low}${high}`;
  });
  return [syntaxOf(declaration), ...ranges].join(", ");
}

export function addRule(text: string, rules: readonly ThresholdRule[]): ThresholdRule[] {
  return [...rules, rule(text)];
}

export function addText(text: string, texts: readonly string[]): string[] {
  return [...texts, text];
}

export function speed(text: string): number {
  return text === "max" ? Number.POSITIVE_INFINITY : above0(text);
}
