/**
 * 2^x for x from −1000 to 1000, within 2 units in the last place, by IEEE additions and multiplications alone:
 * Math.pow may round differently from engine to engine, and scores must not.
 */
export function exp2(x: number): number {
  const whole = Math.round(x);
  const t = (x - whole) * Math.LN2;
  let sum = 1;
  for (let k = 14; k > 0; --k) sum = 1 + (sum * t) / k;
  return sum * powerOfTwo(whole);
}

function powerOfTwo(exponent: number): number {
  let power = 1;
  let base = exponent < 0 ? 0.5 : 2;
  for (let n = Math.abs(exponent); n > 0; n >>= 1, base *= base) if (n & 1) power *= base;
  return power;
}
