import fc from "fast-check";
import {expect, test} from "vitest";
import {decimalIn} from "../../lib/formats/decimalIn.js";

test("decimalIn(bytes, …) is the number that JavaScript reads, to 14 digits", () => {
  const number = fc.double({noNaN: true, noDefaultInfinity: true, min: -1e21, max: 1e21});
  fc.assert(
    fc.property(number, (x) => {
      expect(Math.abs(decimal(String(x)) - x)).toBeLessThanOrEqual(1e-14 * Math.abs(x) + 1e-290);
    })
  );
});

test("decimalIn(bytes, …) rounds once where 15 digits or fewer are stated", () => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: 999999999}), fc.integer({min: 0, max: 999999}), (whole, fraction) => {
      const digits = String(fraction).padStart(6, "0");
      expect(decimal(`${whole}.${digits}`)).toBe(Number(`${whole}.${digits}`));
      expect(decimal(`${whole}.${digits}`, 3)).toBe(Number(`${whole}${digits}e-3`));
    })
  );
  expect(decimal("1379288667.706265", 3)).toBe(1379288667706.265);
});

test("decimalIn(bytes, …) reads signs and exponents", () => {
  expect(decimal("-12.50")).toBe(-12.5);
  expect(decimal("1e-06")).toBe(1e-6);
  expect(decimal("2.5E+3")).toBe(2500);
  expect(decimal(".5")).toBe(0.5);
  expect(decimal("5.")).toBe(5);
  expect(decimal(`0.${"0".repeat(400)}1`)).toBe(0);
});

test("decimalIn(bytes, …) is NaN for what is no number or no double", () => {
  for (const text of ["", "-", ".", "1.2.3", "1,5", "+1", "0x10", "1e", "1e+", "ten", "1e999", "9".repeat(400)])
    expect(decimal(text)).toBeNaN();
});

function decimal(text: string, exponent?: number): number {
  const bytes = new TextEncoder().encode(`9${text}9`);
  return decimalIn(bytes, 1, bytes.length - 1, exponent);
}
