import {type ForestOptions, type ForestParameters, type PresetName, presets, resolveParameters} from "./parameters.js";

/** Options that name their preset. */
export type NamedOptions = ForestOptions & {readonly preset: PresetName};

/**
 * The shortest options that give a table of so many rows and columns these parameters: a preset, the first of those that
 * leave least to say, and what differs from it.
 */
export function optionsOf(parameters: ForestParameters, rows: number, columns: number): NamedOptions {
  const all = (Object.keys(presets) as PresetName[]).flatMap((preset) =>
    differences(preset, parameters, rows, columns)
  );
  if (all.length === 0) throw new RangeError(`no preset has such parameters: ${JSON.stringify(parameters)}`);
  return all.reduce((a, b) => (Object.keys(b).length < Object.keys(a).length ? b : a));
}

// Parameters stand after those that their defaults follow, so that each is compared with what the ones before it imply.
function differences(
  preset: PresetName,
  parameters: ForestParameters,
  rows: number,
  columns: number
): [NamedOptions] | [] {
  let options: NamedOptions = {preset};
  try {
    for (const name of Object.keys(parameters) as (keyof ForestParameters)[]) {
      if (resolveParameters(rows, columns, options)[name] !== parameters[name]) {
        options = {...options, [name]: parameters[name]};
      }
    }
    return [options];
  } catch {
    return []; // a preset whose own choices exclude one of these
  }
}
