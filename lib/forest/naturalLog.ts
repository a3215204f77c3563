/**
 * The natural logarithm of a positive normal number, within 2 units in the last place, by IEEE operations alone:
 * Math.log may round differently from engine to engine, and forests must not. ln x = e ln 2 + 2 artanh((m − 1)/(m + 1)).
 */
export function naturalLog(x: number): number {
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  let exponent = (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  let m = bits.getFloat64(0);
  if (m > Math.SQRT2) {
    m /= 2;
    exponent += 1;
  }
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let sum = 0;
  for (let k = 27; k > 0; k -= 2) sum = sum * square + 1 / k;
  return exponent * Math.LN2 + 2 * s * sum;
}

const bits = new DataView(new ArrayBuffer(8));
