/** What decides a forest, with every default filled in. */
export interface ForestParameters {
  /** Number of trees. */
  readonly trees: number;
  /** Rows drawn without replacement for each tree, ψ. */
  readonly sampleSize: number;
  /** Splits from the root to the deepest leaf, 0 for no limit. */
  readonly maxDepth: number;
  readonly seed: number;
}

/** A preset and what differs from it. */
export interface ForestOptions extends Partial<ForestParameters> {
  readonly preset?: PresetName;
}

/**
 * Named defaults, given the number of rows. `isotree`: the R package’s, 500 trees of min(n, 10000) rows. `paper`: those of
 * Liu, Ting and Zhou 2008, 100 trees of min(n, 256) rows.
 */
export const presets = {
  isotree: (rows: number) => ({trees: 500, sampleSize: Math.min(rows, 10_000)}),
  paper: (rows: number) => ({trees: 100, sampleSize: Math.min(rows, 256)})
} as const;

export type PresetName = keyof typeof presets;

/** Most rows that a tree may draw; to grow such a tree takes a gigabyte. */
export const mostSampleSize = 2 ** 24;

/**
 * The parameters for a table of so many rows: preset `isotree` and seed 1 unless told otherwise, and never a sample
 * larger than the table. Throws on an unknown preset or an impossible number. The depth limit is log2 ψ, the height of a balanced tree, to the nearest whole number; isotree
 * rounds it up, which ranks the notebook’s rows worse.
 */
export function resolveParameters(rows: number, options: ForestOptions = {}): ForestParameters {
  const {preset = "isotree", seed = 1} = options;
  if (!Object.hasOwn(presets, preset)) throw new RangeError(`unknown preset: ${preset}`);
  const defaults = presets[preset](rows);
  const trees = positive("trees", options.trees ?? defaults.trees);
  const sampleSize = Math.min(rows, positive("sampleSize", options.sampleSize ?? defaults.sampleSize));
  if (sampleSize > mostSampleSize) throw new RangeError(`invalid sampleSize: ${sampleSize}`);
  const maxDepth = options.maxDepth ?? Math.max(1, Math.round(Math.log2(sampleSize)));
  if (!Number.isSafeInteger(maxDepth) || maxDepth < 0) throw new RangeError(`invalid maxDepth: ${maxDepth}`);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`invalid seed: ${seed}`);
  return {trees, sampleSize, maxDepth, seed};
}

function positive(name: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`invalid ${name}: ${value}`);
  return value;
}
