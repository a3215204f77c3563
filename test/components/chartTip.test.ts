import fc from "fast-check";
import {expect, test} from "vitest";
import {tipPlace} from "../../src/components/chartTip.js";

const drawing = {width: 300, height: 260};
const tip = {width: 170, height: 66};

test("tipPlace(point, tip, drawing) stands beside its point, where there is room", () => {
  expect(tipPlace({x: 50, y: 30}, tip, drawing)).toEqual({x: 62, y: 42});
  expect(tipPlace({x: 250, y: 30}, tip, drawing)).toEqual({x: 68, y: 42});
  expect(tipPlace({x: 50, y: 250}, tip, drawing)).toEqual({x: 62, y: 172});
});

test("tipPlace(point, tip, drawing) stays within the drawing", () => {
  const within = fc.record({x: fc.integer({min: 0, max: 300}), y: fc.integer({min: 0, max: 260})});
  fc.assert(
    fc.property(within, fc.integer({min: 20, max: 290}), fc.integer({min: 20, max: 110}), (point, width, height) => {
      const {x, y} = tipPlace(point, {width, height}, drawing);
      expect(Math.min(x, y)).toBeGreaterThan(0);
      expect(x + width).toBeLessThan(300);
      expect(y + height).toBeLessThan(260);
      const isCovered = point.x > x && point.x < x + width && point.y > y && point.y < y + height;
      expect(isCovered).toBe(false);
    })
  );
});
