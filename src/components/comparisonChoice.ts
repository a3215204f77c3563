import {type PresetName, presets} from "../lib/forest/parameters.js";

/** A detector that a reader compares: the experiment’s own, a preset with a seed, or another experiment’s. */
export type DetectorChoice =
  | {readonly kind: "built"}
  | {readonly kind: "preset"; readonly preset: PresetName; readonly seed: number}
  | {readonly kind: "experiment"; readonly name: string};

/** Most detectors beside each other. */
export const mostDetectors = 6;

/** A detector as addresses spell it: `built`, `paper:1`, `experiment:NAME`. */
export function formatDetector(choice: DetectorChoice): string {
  switch (choice.kind) {
    case "built":
      return "built";
    case "preset":
      return `${choice.preset}:${choice.seed}`;
    case "experiment":
      return `experiment:${choice.name}`;
  }
}

/** The detector that formatDetector spells so, a preset’s seed being 1 unless told; null on any other text. */
export function parseDetector(text: string): DetectorChoice | null {
  if (text === "built") return {kind: "built"};
  const [, name] = /^experiment:(.+)$/s.exec(text) ?? [];
  if (name !== undefined) return {kind: "experiment", name};
  const [, preset, seed = "1"] = /^([a-z-]+)(?::(\d{1,9}))?$/.exec(text) ?? [];
  if (preset === undefined || !Object.hasOwn(presets, preset)) return null;
  return {kind: "preset", preset: preset as PresetName, seed: Number(seed)};
}

/**
 * The detectors that an address asks for, each once, and what it asks for in vain: other words, experiments that there are
 * not, and more than six. Null instead of detectors when it asks for none that there is.
 */
export function parseComparison(
  query: URLSearchParams,
  experiments: readonly string[]
): {choices: DetectorChoice[] | null; ignored: string[]} {
  const choices = new Map<string, DetectorChoice>();
  const ignored: string[] = [];
  for (const text of query.getAll("with")) {
    const choice = parseDetector(text);
    const isKnown = choice !== null && (choice.kind !== "experiment" || experiments.includes(choice.name));
    const isRoom = choice !== null && (choices.size < mostDetectors || choices.has(formatDetector(choice)));
    if (isKnown && isRoom) choices.set(formatDetector(choice), choice);
    else ignored.push(text);
  }
  return {choices: choices.size === 0 ? null : [...choices.values()], ignored};
}

/** What an address asked for in vain, as a sentence that stays short whatever it asked for; empty without any. */
export function ignoredWords(ignored: readonly string[]): string {
  if (ignored.length === 0) return "";
  const shown = ignored.slice(0, 3).map((text) => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`);
  const more = ignored.length > 3 ? ` and ${ignored.length - 3} more` : "";
  return `The address asked for ${shown.join(", ")}${more}, which cannot be compared here.`;
}
