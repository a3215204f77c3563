import {expect, test} from "vitest";
import {freeBox} from "../../src/components/labelPlace.js";

const box = (x: number, y: number) => ({x, y, width: 10, height: 10});
const diagonal = [
  {x: 0, y: 0},
  {x: 100, y: 100}
];

test("freeBox(boxes, lines) is the first that no line passes through", () => {
  expect(freeBox([box(40, 40), box(60, 40), box(70, 40)], [diagonal])).toEqual(box(60, 40));
});

test("freeBox(boxes, lines) knows a line that passes with no point in the box", () => {
  const steep = [
    {x: 65, y: -500},
    {x: 65, y: 500}
  ];
  expect(freeBox([box(60, 40), box(80, 40)], [diagonal, steep])).toEqual(box(80, 40));
});

test("freeBox(boxes, lines) takes what the fewest pass through, and nothing of nothing", () => {
  const across = [
    {x: 0, y: 45},
    {x: 100, y: 45}
  ];
  expect(freeBox([box(40, 40), box(80, 40)], [diagonal, across])).toEqual(box(80, 40));
  expect(freeBox([], [diagonal])).toBeUndefined();
  expect(freeBox([box(3, 3)], [[], [{x: 5, y: 5}]])).toEqual(box(3, 3));
});
