/** The value rounded to so many decimals, halves up and without a negative zero; NaN stays NaN. */
export function roundTo(value: number, decimals: number): number {
  const unit = 10 ** decimals;
  return Math.round(value * unit) / unit + 0;
}
