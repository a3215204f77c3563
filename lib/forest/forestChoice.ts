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

/** The choice that formatChoice spells so, and the parts that no choice can have, as they are spelled. */
export function parseChoice(query: URLSearchParams, own: OwnForest): {choice: ForestChoice; ignored: string[]} {
  const parts = query.getAll("forest").flatMap((text) => text.split(",").filter(Boolean));
  const isPreset = (part: string) => part.startsWith("preset:");
  const without = query.getAll("without");
  const ignored: string[] = [];
  let choice: ForestChoice = {without: without.filter((name) => own.features.includes(name))};
  // What a number may be depends on the preset.
  for (const part of [...parts.filter(isPreset), ...parts.filter((part) => !isPreset(part))]) {
    const parsed = parsePart(part);
    const next = {...choice, ...parsed};
    if (parsed !== null && isPossible(next, own)) choice = next;
    else ignored.push(part);
  }
  ignored.push(...without.filter((name) => !own.features.includes(name)).map((name) => `without=${name}`));
  return {choice: simplified(choice, own), ignored};
}

function parsePart(part: string): Partial<ForestChoice> | null {
  const [, name, value] = /^(preset|trees|sampleSize|dims|seed):([\w-]+)$/.exec(part) ?? [];
  if (name === undefined || value === undefined) return null;
  if (name === "preset") return Object.hasOwn(presets, value) ? {preset: value as PresetName} : null;
  return /^\d{1,9}$/.test(value) ? {[name]: Number(value)} : null;
}

function isPossible(choice: ForestChoice, own: OwnForest): boolean {
  if ((choice.trees ?? 0) > mostTrees) return false;
  try {
    chosenParameters({...choice, without: []}, own);
    return true;
  } catch {
    return false;
  }
}

function defined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
