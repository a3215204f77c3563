import type {PairedTest} from "../lib/evaluation/delong.js";

/** Below this p-value a difference is called one. */
const significance = 0.05;

/**
 * What DeLong’s test says of two detectors, in a sentence: which ranks better and by how much, or that these rows can show
 * no difference. `adjusted` is the p-value adjusted for being one of several, and decides; without it the test’s own does.
 */
export function rankingWords(
  first: string,
  second: string,
  {pValue, difference}: PairedTest,
  adjusted: {readonly pValue: number; readonly of: number} | null = null
): string {
  const {estimate, lower, upper} = difference;
  if (estimate === 0 && lower === 0 && upper === 0)
    return `${first} and ${second} rank fake above genuine equally well.`;
  if (Number.isNaN(pValue)) return `Too few rows are fake, or genuine, to tell ${first} and ${second} apart.`;
  const p = `${formatP(pValue)}${adjusted === null ? "" : `, ${formatP(adjusted.pValue)} as one of ${adjusted.of}`}`;
  if (!((adjusted?.pValue ?? pValue) < significance)) {
    return `Between ${first} and ${second} no difference that these rows can show: ${signed(estimate)} (${signed(lower)} to ${signed(upper)}), ${p}.`;
  }
  const [better, worse, by, from, to] =
    estimate > 0 ? [first, second, estimate, lower, upper] : [second, first, -estimate, -upper, -lower];
  return `${better} ranks better than ${worse} by ${signed(by)} (${signed(from)} to ${signed(to)}), ${p}.`;
}

/** A p-value with what it takes to read it, never rounded to 0: p = 0.41, p = 0.032, p < 0.001. */
export function formatP(p: number): string {
  if (p < 0.001) return "p\u00a0<\u00a00.001";
  return `p\u00a0=\u00a0${p.toFixed(p < 0.0995 ? 3 : 2)}`;
}

function signed(value: number): string {
  const digits = value.toFixed(Math.abs(value) < 0.0005 && value !== 0 ? 4 : 3);
  return digits.replace("-", "−");
}
