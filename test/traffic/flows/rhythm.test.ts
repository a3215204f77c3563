import fc from "fast-check";
import {expect, test} from "vitest";
import {fewestPauses, occasion, Rhythm, rememberedPauses} from "../../../lib/traffic/flows/rhythm.js";

test("Rhythm equals the mean and variation of the last pauses, worked out from all of them", () => {
  const step = fc.record({pause: fc.integer({min: -3000, max: 90_000}), size: fc.option(fc.nat(5000), {nil: NaN})});
  fc.assert(
    fc.property(fc.array(step, {maxLength: 60}), (steps) => {
      const rhythm = new Rhythm();
      rhythm.reserve(3);
      rhythm.restart(2);
      const pauses: number[] = [];
      const sizes: number[] = [];
      let time = 1e12;
      let latest = NaN;
      for (const {pause, size} of steps) {
        time = (Number.isNaN(latest) ? time : latest) + pause;
        rhythm.add(2, time, size);
        if (time - latest >= occasion) pauses.push(time - latest);
        if (!(time < latest)) latest = time;
        if (!Number.isNaN(size)) sizes.push(size);
        const last = pauses.slice(-rememberedPauses);
        const isKnown = last.length >= fewestPauses;
        expectClose(rhythm.meanPause(2), isKnown ? mean(last) / 1000 : NaN);
        expectClose(rhythm.pauseVariation(2), isKnown ? variation(last) : NaN);
        const lastSizes = sizes.slice(-rememberedPauses);
        expectClose(rhythm.sizeVariation(2), sizes.length > fewestPauses ? variation(lastSizes) : NaN);
      }
    })
  );
});

test("Rhythm finds an even pace where every occasion has several flows", () => {
  const rhythm = new Rhythm();
  rhythm.reserve(1);
  rhythm.restart(0);
  for (let i = 0; i < 8; ++i) for (const late of [0, 20, 40]) rhythm.add(0, 60_000 * i + late, 100);
  expect(rhythm.meanPause(0)).toBeCloseTo(59.96, 9);
  expect(rhythm.pauseVariation(0)).toBe(0);
  expect(rhythm.sizeVariation(0)).toBe(0);
});

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function variation(values: readonly number[]): number {
  const m = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - m) ** 2, 0) / (values.length - 1);
  return variance > 0 ? Math.sqrt(variance) / m : 0;
}

function expectClose(actual: number, expected: number): void {
  if (Number.isNaN(expected)) expect(actual).toBeNaN();
  else expect(actual).toBeCloseTo(expected, 6);
}
