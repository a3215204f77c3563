import type {ConfusionCounts} from "./confusionMatrix.js";
import {confusionStatistics} from "./confusionStatistics.js";

/** The sets of statistics that caret’s confusionMatrix prints. */
export type PrintMode = "sens_spec" | "prec_recall" | "everything";

/** What `printConfusion` prints, and under which names. */
export interface PrintOptions {
  /** Sensitivity, specificity and predictive values, or precision, recall and F1, or all; the first by default. */
  readonly mode?: PrintMode;
  /** Names of the levels: genuine, then fake, which is the positive class; "0" and "1" by default. */
  readonly levels?: readonly [genuine: string, fake: string];
}

/**
 * The text that R prints for a confusion matrix, byte for byte, with its last line break:
 * `confusionMatrix(factor(pred, levels = c(0, 1)), factor(label, levels = c(0, 1)), positive = "1", mode = mode)`
 * under R 4.2 with caret 6.0 and R’s default options. R’s tables hold up to 2³¹ − 1 rows, and R breaks lines of more
 * than 80 characters, which only long names of levels would need and which is not done here. Where a p-value lies exactly
 * between two that could be printed, as 22/64 does, R’s last digit follows its rounding errors, and may differ. Throws
 * unless counts are whole numbers.
 * Max Kuhn’s caret, print.confusionMatrix; R, formatReal, format.pval and round.
 */
export function printConfusion(
  counts: ConfusionCounts,
  {mode = "sens_spec", levels = ["0", "1"]}: PrintOptions = {}
): string {
  const overall = overallRows(counts);
  const byClass = byClassRows(counts).filter(([, , modes]) => mode === "everything" || modes.includes(mode));
  const formatted = format(byClass.map(([, value]) => value));
  const rows: [string, string][] = [
    ...overall,
    ["", ""],
    ...byClass.map(([name], i): [string, string] => [name, formatted[i]!]),
    ["", ""],
    ["'Positive' Class", levels[1]]
  ];
  return `Confusion Matrix and Statistics\n\n${table(counts, levels)}${matrix(rows)}`;
}

/** A number as R has it: null is NA, which R prints apart from NaN. */
type RNumber = number | null;

function table({tp, fp, fn, tn}: ConfusionCounts, levels: readonly string[]): string {
  const label = Math.max(...levels.map(({length}) => length));
  const offset = Math.max("Prediction".length - label, 2);
  const cells = [
    [tn, fn],
    [fp, tp]
  ];
  const widest = Math.max(...cells.flat().map((count) => `${count}`.length));
  const line = (head: string, entries: readonly (string | number)[]) =>
    `${head.padEnd(offset + label)}${entries
      .map((entry, j) => ` ${`${entry}`.padStart(Math.max(widest, levels[j]!.length))}`)
      .join("")}\n`;
  return [
    `${" ".repeat(offset + label)}Reference\n`,
    line("Prediction", levels),
    ...levels.map((name, i) => line(" ".repeat(offset) + name, cells[i]!))
  ].join("");
}

/** Names flush right, values flush left, an empty line before and after: R’s print of a character matrix. */
function matrix(rows: readonly [string, string][]): string {
  const named = rows.map(([name, value]) => [name && `${name} :`, value] as const);
  const left = Math.max(...named.map(([name]) => name.length));
  const right = Math.max(...named.map(([, value]) => value.length));
  return [["", ""] as const, ...named, ["", ""] as const]
    .map(([name, value]) => ` ${name.padStart(left)} ${value.padEnd(right)}\n`)
    .join("");
}

function overallRows(counts: ConfusionCounts): [string, string][] {
  const {tp, fp, fn, tn} = counts;
  const n = tp + fp + fn + tn;
  const {accuracyLower, accuracyUpper, accuracyPValue, mcnemarPValue} = confusionStatistics(counts);
  // in R’s own order of operations, so that rounding falls as there
  const accuracy = (tn + tp) / n;
  const chance = ((tn + fn) / n) * ((tn + fp) / n) + ((fp + tp) / n) * ((fn + tp) / n);
  const known = (value: number): RNumber => (n === 0 ? null : value);
  const [accuracyP, mcnemarP] = formatPValues([accuracyPValue, mcnemarPValue]);
  return [
    ["Accuracy", rounded(accuracy)],
    ["95% CI", `(${rounded(known(accuracyLower))}, ${rounded(known(accuracyUpper))})`],
    ["No Information Rate", rounded(known(Math.max((tn + fp) / n, (fn + tp) / n)))],
    ["P-Value [Acc > NIR]", accuracyP!],
    ["", ""],
    ["Kappa", rounded((accuracy - chance) / (1 - chance))],
    ["", ""],
    ["Mcnemar's Test P-Value", mcnemarP!]
  ];
}

function byClassRows({tp, fp, fn, tn}: ConfusionCounts): [name: string, value: RNumber, modes: PrintMode[]][] {
  const n = tp + fp + fn + tn;
  const prevalence = (fn + tp) / n;
  const sensitivity = ratio(tp, fn + tp);
  const specificity = ratio(tn, tn + fp);
  const precision = ratio(tp, fp + tp);
  const sensSpec = whenKnown(sensitivity, specificity);
  const precisionRecall = whenKnown(precision, sensitivity);
  return [
    ["Sensitivity", sensitivity, ["sens_spec"]],
    ["Specificity", specificity, ["sens_spec"]],
    [
      "Pos Pred Value",
      sensSpec((sens, spec) => (sens * prevalence) / (sens * prevalence + (1 - spec) * (1 - prevalence))),
      ["sens_spec"]
    ],
    [
      "Neg Pred Value",
      sensSpec((sens, spec) => (spec * (1 - prevalence)) / ((1 - sens) * prevalence + spec * (1 - prevalence))),
      ["sens_spec"]
    ],
    ["Precision", precision, ["prec_recall"]],
    ["Recall", sensitivity, ["prec_recall"]],
    ["F1", precisionRecall((prec, rec) => (2 * prec * rec) / (prec + rec)), ["prec_recall"]],
    ["Prevalence", prevalence, ["sens_spec", "prec_recall"]],
    ["Detection Rate", tp / n, ["sens_spec", "prec_recall"]],
    ["Detection Prevalence", (fp + tp) / n, ["sens_spec", "prec_recall"]],
    ["Balanced Accuracy", sensSpec((sens, spec) => (sens + spec) / 2), ["sens_spec", "prec_recall"]]
  ];
}

function ratio(count: number, total: number): RNumber {
  return total > 0 ? count / total : null;
}

function whenKnown(a: RNumber, b: RNumber): (compute: (a: number, b: number) => number) => RNumber {
  return (compute) => (a === null || b === null ? null : compute(a, b));
}

/** The number of digits that caret prints, R’s seven less three. */
const digits = 4;

/** `as.character(round(x, 4))`: R takes the nearer neighbour as doubles are, the even one where both are as near. */
function rounded(x: RNumber): string {
  if (x === null) return "NA";
  const scaled = Math.abs(x) * 10 ** digits;
  const below = Math.floor(scaled) / 10 ** digits;
  const above = Math.ceil(scaled) / 10 ** digits;
  const excess = Math.abs(x) - below - (above - Math.abs(x));
  const nearest = Math.sign(x) * (excess < 0 || (excess === 0 && Math.floor(scaled) % 2 === 0) ? below : above);
  // R writes 1e-04, which is shorter than 0.0001
  return nearest !== 0 && Math.abs(nearest) < 1e-3 ? exponential(nearest, 0) : `${nearest}`;
}

/** `format.pval(p, digits = 4)` of probabilities, NaN as NA. */
function formatPValues(p: readonly number[]): string[] {
  const tiny = p.map((value) => value < Number.EPSILON);
  const isFixed = (value: number) => Math.floor(Math.log10(value)) >= -4;
  const plain = p.filter((value, i) => !Number.isNaN(value) && !tiny[i]);
  const fixed = format(plain.filter(isFixed));
  const small = format(plain.filter((value) => !isFixed(value)));
  const width = Math.max(0, ...[...fixed, ...small].map(({length}) => length));
  // “< 2.2e-16”, shorter beside short numbers
  const short = plain.length > 0 && width < 8;
  const below = `<${short && width <= 6 ? "" : " "}${exponential(Number.EPSILON, short ? 0 : 1)}`;
  return p.map((value, i) => {
    if (Number.isNaN(value)) return "NA";
    return tiny[i] ? below : isFixed(value) ? fixed.shift()! : small.shift()!;
  });
}

/**
 * `format(x, digits = 4)` of numbers in [0, 1]: as many decimals as the one that needs most for four significant
 * digits, or all in scientific notation where that is shorter; padded to one width.
 */
function format(x: readonly RNumber[]): string[] {
  let decimals = 0;
  let significant = 1;
  for (const value of x) {
    if (!value) continue; // NA, NaN and 0 need none
    const [mantissa, exponent] = exponential(value, digits - 1).split("e");
    const needed = mantissa!.replace(".", "").replace(/0+$/, "").length;
    significant = Math.max(significant, needed);
    decimals = Math.max(decimals, needed - 1 - Number(exponent));
  }
  const fixedWidth = decimals === 0 ? 1 : decimals + 2;
  const exponentialWidth = significant === 1 ? 5 : significant + 5;
  const texts = x.map((value) => {
    if (value === null) return "NA";
    if (Number.isNaN(value)) return "NaN";
    return fixedWidth <= exponentialWidth ? fixed(value, decimals) : exponential(value, significant - 1);
  });
  const width = Math.max(...texts.map(({length}) => length));
  return texts.map((text) => text.padStart(width));
}

/** C’s `%.*e`. */
function exponential(x: number, decimals: number): string {
  const text = toEven(x.toExponential(100), x.toExponential(decimals), decimals);
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}

/** C’s `%.*f`. */
function fixed(x: number, decimals: number): string {
  return toEven(x.toFixed(100), x.toFixed(decimals), decimals);
}

/** Rounding of exact ties to the even digit, where JavaScript rounds up: what `exact` is cut to, or `nearest`. */
function toEven(exact: string, nearest: string, decimals: number): string {
  const [, whole, kept, rest, exponent] = exact.match(new RegExp(`^(-?\\d+)\\.(\\d{${decimals}})(\\d+)(.*)$`))!;
  const cut = decimals === 0 ? whole! : `${whole}.${kept}`;
  return /^50*$/.test(rest!) && /[02468]$/.test(cut) ? cut + exponent : nearest;
}
