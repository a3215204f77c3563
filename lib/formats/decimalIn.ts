import {wholeIn} from "./asciiNumber.js";

/**
 * The decimal number that bytes state, times ten to the `exponent`, such as `1379288667.706265` in milliseconds with an
 * exponent of 3; it may have a sign and an exponent of its own. Rounded once for the first 15 or 16 digits, more are left
 * out. NaN where there is none, any other byte, or more than a double holds.
 */
export function decimalIn(bytes: Uint8Array, start: number, end: number, exponent = 0): number {
  const isNegative = start < end && bytes[start] === minus;
  let value = 0;
  let digits = 0;
  let isFraction = false;
  let i = isNegative ? start + 1 : start;
  for (; i < end; ++i) {
    const byte = bytes[i]!;
    const digit = byte - zero;
    if (digit >= 0 && digit <= 9) {
      ++digits;
      if (value < exactBelow) {
        value = 10 * value + digit;
        if (isFraction) --exponent;
      } else if (!isFraction) ++exponent;
    } else if (byte === point && !isFraction) isFraction = true;
    else break;
  }
  if (digits === 0) return Number.NaN;
  if (i < end) exponent += ownExponent(bytes, i, end);
  const scaled = shifted(value, exponent);
  return Number.isFinite(scaled) ? (isNegative ? -scaled : scaled) : Number.NaN;
}

/** The exponent that bytes such as `e-06` state, NaN where they do not. */
function ownExponent(bytes: Uint8Array, start: number, end: number): number {
  if ((bytes[start]! | lowerCase) !== letterE || end - start > 6) return Number.NaN;
  const sign = bytes[start + 1];
  const exponent = wholeIn(bytes, sign === minus || sign === plus ? start + 2 : start + 1, end);
  return sign === minus ? -exponent : exponent;
}

function shifted(value: number, exponent: number): number {
  if (exponent === 0) return value;
  // Division by a power of ten up to 22 rounds once; a power below one would already be rounded.
  if (exponent < 0) return exponent >= -22 ? value / powers[-exponent]! : value * 10 ** exponent;
  return exponent <= 22 ? value * powers[exponent]! : value * 10 ** exponent;
}

const [zero, point, minus, plus, letterE, lowerCase] = [48, 46, 45, 43, 101, 32];
// Ten times this and a digit more is below 2^53.
const exactBelow = 9e14;
const powers = Float64Array.from({length: 23}, (_, exponent) => Number(`1e${exponent}`));
