import {expect, test} from "vitest";
import {flagsIn, hexIn} from "../../lib/formats/flagsIn.js";

test("flagsIn(bytes, …) reads letters of TCP flags, in any order and with dots, and hexadecimal numbers", () => {
  const flags = (text: string) => read(flagsIn, text);
  expect(flags(".AP.SF")).toBe(27);
  expect(flags("...A.R..")).toBe(20);
  expect(flags("FSPA")).toBe(27);
  expect(flags("CEUAPRSF")).toBe(255);
  expect(flags("......")).toBe(0);
  expect(flags("0x1b")).toBe(27);
  for (const text of ["x", "fs", "CON", "é", "0x", "0xg", "-"]) expect(flags(text)).toBeNaN();
});

test("hexIn(bytes, …) reads up to eight digits", () => {
  expect(read(hexIn, "0303")).toBe(0x0303);
  expect(read(hexIn, "fFfFfFfF")).toBe(2 ** 32 - 1);
  for (const text of ["", "123456789", "0x1", "g", " 1"]) expect(read(hexIn, text)).toBeNaN();
});

function read(reader: (bytes: Uint8Array, start: number, end: number) => number, text: string): number {
  const bytes = new TextEncoder().encode(`,${text},`);
  return reader(bytes, 1, bytes.length - 1);
}
