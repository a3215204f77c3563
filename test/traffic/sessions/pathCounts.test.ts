import fc from "fast-check";
import {expect, test} from "vitest";
import {mostPathsOfSession, PathCounts} from "../../../lib/traffic/sessions/pathCounts.js";

test("PathCounts count what a map for each session counts, also after sessions left", () => {
  const step = fc.record({session: fc.nat(5), path: fc.integer({min: -3, max: 3}), leaves: fc.nat(9)});
  fc.assert(
    fc.property(fc.array(step, {maxLength: 200}), (steps) => {
      const counts = new PathCounts();
      const maps = new Map<number, Map<number, number>>();
      for (const {session, path, leaves} of steps) {
        const map = maps.get(session) ?? new Map<number, number>();
        maps.set(session, map);
        expect(counts.add(session, path)).toBe(map.has(path));
        map.set(path, (map.get(path) ?? 0) + 1);
        expect(counts.entropy(session, sum(map))).toBeCloseTo(entropy(map), 12);
        expect(counts.entropySoFar(session, sum(map))).toBeCloseTo(entropy(map), 12);
        if (leaves > 0) continue;
        counts.remove(session);
        maps.delete(session);
      }
    })
  );
});

test("PathCounts keep the entropy of many requests in steps", () => {
  const counts = new PathCounts();
  for (let i = 0; i < 1_000_000; ++i) counts.add(0, i % 3 === 0 ? i % 100 : i % 7);
  expect(Math.abs(counts.entropySoFar(0, 1_000_000) - counts.entropy(0, 1_000_000))).toBeLessThan(1e-9);
});

test("PathCounts grow, and take paths beyond the most that a session remembers for new ones", () => {
  const counts = new PathCounts();
  let repeated = 0;
  for (let path = 0; path < mostPathsOfSession; ++path) repeated += Number(counts.add(3, path));
  expect(repeated).toBe(0);
  expect([counts.add(3, 0), counts.add(3, -1), counts.add(3, -1)]).toEqual([true, false, false]);
  expect(counts.add(5000, -1)).toBe(false);
  expect(counts.add(5000, -1)).toBe(true);
  counts.remove(3);
  expect([counts.add(3, 0), counts.entropy(3, 1), counts.entropy(4, 0)]).toEqual([false, 0, 0]);
});

function sum(map: Map<number, number>): number {
  return [...map.values()].reduce((a, b) => a + b, 0);
}

function entropy(map: Map<number, number>): number {
  const total = sum(map);
  return [...map.values()].reduce((bits, count) => bits - (count / total) * Math.log2(count / total), 0);
}
