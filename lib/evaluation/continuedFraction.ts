/**
 * The value of b₀ + a₁ / (b₁ + a₂ / (b₂ + …)) to within rounding. The fraction must converge, and its tails must stay
 * clear of 0, which is why none is guarded.
 * Lentz 1976, “Generating Bessel functions in Mie scattering calculations using continued fractions”.
 */
export function continuedFraction(b0: number, a: (n: number) => number, b: (n: number) => number): number {
  let value = b0;
  let c = b0;
  let d = 0;
  let factor = 0;
  for (let n = 1; Math.abs(factor - 1) > 2 * Number.EPSILON; ++n) {
    const an = a(n);
    const bn = b(n);
    c = bn + an / c;
    d = 1 / (bn + an * d);
    factor = c * d;
    value *= factor;
  }
  return value;
}
