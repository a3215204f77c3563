import {expect, test} from "vitest";
import {tableOf} from "../../lib/traffic/table.js";
import {clusterRows} from "../../src/components/clusterRows.js";

const world: [number, number, number, number] = [-180, -85, 180, 85];

test("clusterRows(table) keeps rows of the very same place together at every zoom", () => {
  const latitude = Float64Array.of(47.21, 47.21, 47.21, 10, NaN);
  const longitude = Float64Array.of(2.42, 2.42, 2.42, 20, NaN);
  const clusters = clusterRows(tableOf({latitude, longitude}));
  expect(clusters.places.length).toBe(4);
  const close = clusters.within(world, 12);
  expect(close.map(({id, rows}) => [id, [...rows].sort()])).toEqual([
    [null, [0, 1, 2]],
    [null, [3]]
  ]);
  const far = clusters.within(world, 4);
  expect(far.map(({rows}) => rows.length).sort()).toEqual([1, 3]);
  expect(clusters.zoomInto(far.find(({rows}) => rows.length === 3)!.id!)).toBe(12);
});

test("clusterRows(table) tells near places apart at the closest zoom", () => {
  const clusters = clusterRows(
    tableOf({latitude: Float64Array.of(47.21, 47.22), longitude: Float64Array.of(2.4, 2.4)})
  );
  expect(clusters.within(world, 3).map(({rows}) => rows.length)).toEqual([2]);
  expect(clusters.within(world, 12).map(({rows}) => rows.length)).toEqual([1, 1]);
});
