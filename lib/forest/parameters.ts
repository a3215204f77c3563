/** How a leaf judges the rows in it; what a tree contributes to a score. */
export type Metric =
  | "depth"
  | "adjusted depth"
  | "density"
  | "adjusted density"
  | "boxed ratio"
  | "boxed density"
  | "boxed density 2";

/** What decides a forest, with every default filled in. Chances are from 0 to 1; those of one choice sum to at most 1. */
export interface ForestParameters {
  /** Number of trees. */
  readonly trees: number;
  /** Rows drawn for each tree, ψ. */
  readonly sampleSize: number;
  /** Whether a tree may draw a row more than once. */
  readonly replacement: boolean;
  /** Splits from the root to the deepest leaf, 0 for no limit. */
  readonly maxDepth: number;
  /** Features that a tree sees, drawn anew for each. */
  readonly columnsPerTree: number;
  /** Features in a split: 1 splits along an axis, more along a slanted plane. */
  readonly dims: number;
  /** Distribution of the weights of a slanted split: from −1 to 1, or standard normal. */
  readonly coefficients: "uniform" | "normal";
  /** Whether a slanted split divides each feature by its deviation among the node’s rows. */
  readonly standardize: boolean;
  /** Splits tried at a node when a gain guides it; the best is taken. */
  readonly candidates: number;
  /** Chance that a split’s threshold is where the spread within both sides falls most. */
  readonly pooledGain: number;
  /** Chance that it is where the mean of both sides’ deviations falls most. */
  readonly averageGain: number;
  /** Chance that it is where the spread of all features falls most. */
  readonly fullGain: number;
  /** Chance that it is where the densities of both sides differ most. */
  readonly densityGain: number;
  /** Gain that a guided split must exceed. */
  readonly minGain: number;
  /** Chance that a node draws its feature by range, by variance, or by kurtosis instead of evenly. */
  readonly byRange: number;
  readonly byVariance: number;
  readonly byKurtosis: number;
  /** Whether each tree draws features by their kurtosis in its sample. */
  readonly weighByKurtosis: boolean;
  /** Whether a row outside a node’s range counts as one split nearer to the root. */
  readonly penalizeRange: boolean;
  readonly metric: Metric;
  /** A missing value goes down both sides by their shares, to the larger side or to the mean, or is an error. */
  readonly missing: "divide" | "impute" | "fail";
  /** A split of categories parts one from all others, or a random half. */
  readonly categories: "single" | "subset";
  /**
   * A category that the forest knows but a node has not seen: as a missing value, to the smaller side, or to a random
   * side. One that the forest does not know is a missing value.
   */
  readonly newCategories: "weighted" | "smallest" | "random";
  readonly seed: number;
}

/** A preset and what differs from it. */
export interface ForestOptions extends Partial<ForestParameters> {
  readonly preset?: PresetName;
}

type Preset = (rows: number) => Partial<ForestParameters>;

/**
 * Named defaults, given the number of rows.
 *
 * - `auto`: what ranks best over many tables without labels. Slanted splits where the spread of all features falls most
 *   (Cortes 2021) part what differs in several features at once; without a depth limit, small clusters come apart too;
 *   and a row that lies beyond what a tree has seen is charged for it (Liu et al. 2010).
 * - `paper`: Liu, Ting and Zhou 2008, 100 trees of 256 rows.
 * - `isotree`: the R package’s own, 500 trees of min(n, 10000) rows.
 * - `extended`: Hariri et al. 2018, slanted splits of two features.
 * - `sciforest`: Liu et al. 2010, the best of ten slanted splits by average gain.
 * - `fair-cut`: Cortes 2021, slanted splits by pooled gain, without a depth limit.
 * - `rrcf`: Guha et al. 2016, features drawn by their range, without a depth limit.
 */
export const presets = {
  auto: () => ({trees: 100, sampleSize: 256, maxDepth: 0, dims: 2, fullGain: 1, penalizeRange: true}),
  paper: () => ({trees: 100, sampleSize: 256}),
  isotree: (rows) => ({trees: 500, sampleSize: Math.min(rows, 10_000)}),
  extended: () => ({trees: 100, sampleSize: 256, dims: 2}),
  sciforest: () => ({
    trees: 100,
    sampleSize: 256,
    dims: 2,
    coefficients: "normal",
    candidates: 10,
    averageGain: 1,
    penalizeRange: true
  }),
  "fair-cut": () => ({trees: 200, sampleSize: 256, maxDepth: 0, dims: 2, coefficients: "normal", pooledGain: 1}),
  rrcf: () => ({trees: 100, sampleSize: 256, maxDepth: 0, byRange: 1})
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof presets;

/** The preset of a forest that names none. */
export const defaultPreset: PresetName = "auto";

/** Most rows that a tree may draw; to grow such a tree takes a gigabyte. */
export const mostSampleSize = 2 ** 24;

/**
 * The parameters for a table of so many rows and columns: preset `auto` and seed 1 unless told otherwise, and never a
 * sample larger than the table. The depth limit is log2 ψ, the height of a balanced tree, to the nearest whole number;
 * isotree rounds it up, which ranks the notebook’s rows worse. Throws on an unknown preset, an impossible number, and
 * on choices that exclude each other.
 */
export function resolveParameters(rows: number, columns: number, options: ForestOptions = {}): ForestParameters {
  const {preset = defaultPreset, ...given} = options;
  if (!Object.hasOwn(presets, preset)) throw new RangeError(`unknown preset: ${preset}`);
  for (const name of Object.keys(given)) if (!known.has(name)) throw new RangeError(`unknown option: ${name}`);
  const chosen: Partial<ForestParameters> = {...(presets[preset] as Preset)(rows), ...defined(given)};
  const replacement = chosen.replacement ?? false;
  const wanted = whole("sampleSize", chosen.sampleSize ?? 256, 1);
  const sampleSize = replacement ? wanted : Math.min(rows, wanted);
  const dims = Math.min(columns, whole("dims", chosen.dims ?? 1, 1));
  const parameters: ForestParameters = {
    trees: whole("trees", chosen.trees ?? 100, 1),
    sampleSize,
    replacement,
    maxDepth: whole("maxDepth", chosen.maxDepth ?? Math.max(1, Math.round(Math.log2(sampleSize))), 0),
    columnsPerTree: Math.min(columns, whole("columnsPerTree", chosen.columnsPerTree ?? columns, 1)),
    dims,
    coefficients: chosen.coefficients ?? "uniform",
    standardize: chosen.standardize ?? true,
    candidates: whole("candidates", chosen.candidates ?? 1, 1),
    pooledGain: chosen.pooledGain ?? 0,
    averageGain: chosen.averageGain ?? 0,
    fullGain: chosen.fullGain ?? 0,
    densityGain: chosen.densityGain ?? 0,
    minGain: chosen.minGain ?? 0,
    byRange: chosen.byRange ?? 0,
    byVariance: chosen.byVariance ?? 0,
    byKurtosis: chosen.byKurtosis ?? 0,
    weighByKurtosis: chosen.weighByKurtosis ?? false,
    penalizeRange: chosen.penalizeRange ?? false,
    metric: chosen.metric ?? "depth",
    missing: chosen.missing ?? (dims === 1 ? "divide" : "impute"),
    categories: chosen.categories ?? "subset",
    newCategories: chosen.newCategories ?? "weighted",
    seed: whole("seed", chosen.seed ?? 1, 0)
  };
  validateParameters(parameters);
  return parameters;
}

/** Throws a RangeError on parameters that no forest can have; they may come from a file. */
export function validateParameters(parameters: ForestParameters): void {
  const {sampleSize, dims, missing, metric, penalizeRange, pooledGain, averageGain, fullGain, densityGain} = parameters;
  for (const name of ["trees", "sampleSize", "columnsPerTree", "dims", "candidates"] as const) {
    whole(name, parameters[name], 1);
  }
  whole("maxDepth", parameters.maxDepth, 0);
  whole("seed", parameters.seed, 0);
  if (sampleSize > mostSampleSize) throw new RangeError(`invalid sampleSize: ${sampleSize}`);
  chances("gains", [pooledGain, averageGain, fullGain, densityGain]);
  chances("column choice", [parameters.byRange, parameters.byVariance, parameters.byKurtosis]);
  if (!(Number.isFinite(parameters.minGain) && parameters.minGain >= 0)) {
    throw new RangeError(`invalid minGain: ${parameters.minGain}`);
  }
  for (const name of ["replacement", "standardize", "weighByKurtosis", "penalizeRange"] as const) {
    if (typeof parameters[name] !== "boolean") throw new RangeError(`invalid ${name}: ${parameters[name]}`);
  }
  for (const [name, values] of Object.entries(choices)) {
    const value = parameters[name as keyof typeof choices];
    if (!values.includes(value)) throw new RangeError(`invalid ${name}: ${value}`);
  }
  if (missing === "divide" && dims > 1) throw new RangeError(`cannot divide missing values with dims: ${dims}`);
  if (metric.startsWith("boxed") && dims > 1) throw new RangeError(`cannot box with dims: ${dims}`);
  if (penalizeRange && !isDepth(metric)) throw new RangeError(`cannot penalize range with metric: ${metric}`);
}

/** Whether a metric counts splits, so that a range penalty can take some back. */
export function isDepth(metric: Metric): boolean {
  return metric === "depth" || metric === "adjusted depth";
}

const known = new Set<string>([
  "trees",
  "sampleSize",
  "replacement",
  "maxDepth",
  "columnsPerTree",
  "dims",
  "coefficients",
  "standardize",
  "candidates",
  "pooledGain",
  "averageGain",
  "fullGain",
  "densityGain",
  "minGain",
  "byRange",
  "byVariance",
  "byKurtosis",
  "weighByKurtosis",
  "penalizeRange",
  "metric",
  "missing",
  "categories",
  "newCategories",
  "seed"
] satisfies (keyof ForestParameters)[]);

const choices: Record<"coefficients" | "metric" | "missing" | "categories" | "newCategories", readonly string[]> = {
  coefficients: ["uniform", "normal"],
  metric: ["depth", "adjusted depth", "density", "adjusted density", "boxed ratio", "boxed density", "boxed density 2"],
  missing: ["divide", "impute", "fail"],
  categories: ["single", "subset"],
  newCategories: ["weighted", "smallest", "random"]
};

function whole(name: string, value: number, least: number): number {
  if (!Number.isSafeInteger(value) || value < least) throw new RangeError(`invalid ${name}: ${value}`);
  return value;
}

function chances(name: string, values: readonly number[]): void {
  const sum = values.reduce((a, b) => a + b, 0);
  if (values.every((value) => typeof value === "number" && value >= 0) && sum <= 1 + 1e-12) return;
  throw new RangeError(`invalid chances of ${name}: ${values.join(", ")}`);
}

// An option that is undefined means its default, as if it were left out.
function defined<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}
