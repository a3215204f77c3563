import type {NamedOptions} from "./optionsOf.js";
import {type ForestParameters, type PresetName, presets, resolveParameters} from "./parameters.js";

/** What a reader has chosen of a forest; what is left out stays as the experiment has it, or as another preset says. */
export interface ForestChoice {
  readonly preset?: PresetName;
  readonly trees?: number;
  readonly sampleSize?: number;
  readonly dims?: number;
  readonly seed?: number;
  /** Features that the forest does not see. */
  readonly without: readonly string[];
}

/** The forest of an experiment: its shortest options, its features, and how many rows it has. */
export interface OwnForest {
  readonly options: NamedOptions;
  readonly features: readonly string[];
  readonly rows: number;
}

/** Most trees that an address may ask for. */
export const mostTrees = 1000;

/** Nothing chosen. */
export const asBuilt: ForestChoice = {without: []};

/** The features that are left. */
export function chosenFeatures({without}: ForestChoice, {features}: OwnForest): string[] {
  return features.filter((name) => !without.includes(name));
}

/** The options that a choice comes to: another preset takes the place of all but the seed. */
export function chosenOptions({without: _, ...choice}: ForestChoice, {options}: OwnForest): NamedOptions {
  const {preset, seed} = options;
  if (choice.preset === undefined || choice.preset === preset) return {...options, ...choice, preset};
  return {...(seed === undefined ? {} : {seed}), ...choice, preset: choice.preset};
}

/** The parameters that a choice comes to. Throws on what no forest can be. */
export function chosenParameters(choice: ForestChoice, own: OwnForest): ForestParameters {
  const features = chosenFeatures(choice, own);
  if (features.length === 0) throw new RangeError("no features left");
  return resolveParameters(own.rows, features.length, chosenOptions(choice, own));
}

/** The same choice without what it would be anyway. */
export function simplified(choice: ForestChoice, own: OwnForest): ForestChoice {
  const preset = choice.preset === own.options.preset ? undefined : choice.preset;
  let simple: ForestChoice = {
    ...defined({...choice, preset}),
    without: own.features.filter((name) => choice.without.includes(name))
  };
  const all = {
    ...own,
    features: own.features.length === simple.without.length ? own.features : chosenFeatures(simple, own)
  };
  for (const name of ["trees", "sampleSize", "dims", "seed"] as const) {
    const {[name]: _, ...rest} = simple;
    const chosen = chosenParameters({...simple, without: []}, all)[name];
    if (chosenParameters({...rest, without: []}, all)[name] === chosen) simple = rest;
  }
  return simple;
}

/** A choice as addresses spell it: `forest=preset:extended,trees:300` and a `without` for each feature. */
export function formatChoice({without, ...choice}: ForestChoice): URLSearchParams {
  const query = new URLSearchParams();
  const text = Object.entries(defined(choice)).map(([name, value]) => `${name}:${value}`);
  if (text.length > 0) query.set("forest", text.join(","));
  for (const name of without) query.append("without", name);
  return query;
}

/** The choice that formatChoice spells so; null on any other, so also on one that asks for too much. */
export function parseChoice(query: URLSearchParams, own: OwnForest): ForestChoice | null {
  const choice: Record<string, string | number> = {};
  for (const part of (query.get("forest") ?? "").split(",").filter(Boolean)) {
    const [, name, value] = /^(preset|trees|sampleSize|dims|seed):([\w-]+)$/.exec(part) ?? [];
    if (name === undefined || value === undefined) return null;
    if (name === "preset" ? !Object.hasOwn(presets, value) : !/^\d{1,9}$/.test(value)) return null;
    choice[name] = name === "preset" ? value : Number(value);
  }
  const parsed: ForestChoice = {...choice, without: query.getAll("without")};
  if ((parsed.trees ?? 0) > mostTrees) return null;
  try {
    return simplified(parsed, own);
  } catch {
    return null;
  }
}

function defined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
