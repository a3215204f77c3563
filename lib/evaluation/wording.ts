const commas = new Intl.NumberFormat("en-US");

/** A count of things, with the singular for one: "27 fake sessions", "1 session", "20,000 flows"; the noun a plural in -s. */
export function counted(count: number, nouns: string): string {
  return `${grouped(count)} ${count === 1 ? singular(nouns) : nouns}`;
}

/** A count with commas between thousands: "20,000". */
export function grouped(count: number): string {
  return commas.format(count);
}

/** The singular of a noun whose plural ends in -s: "session" of "sessions". */
export function singular(nouns: string): string {
  return nouns.replace(/s$/, "");
}

/**
 * A share in [0, 1] as a percentage of at most one decimal, or of as many as keep it apart from 0 % and 100 %: "91.5 %",
 * "99.98 %", "100 %" only when all; "undefined" for NaN.
 */
export function percent(share: number): string {
  if (Number.isNaN(share)) return "undefined";
  let value = Math.round(share * 1000) / 10;
  for (let digits = 2; digits <= 12 && isWhole(value) && !isWhole(share * 100); ++digits) {
    value = Number((share * 100).toFixed(digits));
  }
  return `${value} %`;
}

/** A probability to three decimals, never rounded to 0 or 1: "0.551", "below 0.001", "above 0.999". */
export function probability(p: number): string {
  if (p > 0 && p < 0.001) return "below 0.001";
  if (p < 1 && p > 0.999) return "above 0.999";
  return String(Math.round(p * 1000) / 1000);
}

function isWhole(percentage: number): boolean {
  return percentage <= 0 || percentage >= 100;
}
