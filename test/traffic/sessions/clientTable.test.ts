import fc from "fast-check";
import {expect, test} from "vitest";
import {ClientTable} from "../../../lib/traffic/sessions/clientTable.js";

test("ClientTable finds what a map finds, however hashes collide and clients leave", () => {
  const step = fc.record({low: fc.constantFrom(0, 1, 2, 2047, 2048, -1), high: fc.nat(2), leaves: fc.boolean()});
  fc.assert(
    fc.property(fc.array(step, {maxLength: 200}), (steps) => {
      const table = new ClientTable();
      const map = new Map<string, number>();
      for (const {low, high, leaves} of steps) {
        const key = `${low} ${high}`;
        expect(table.find(low, high)).toBe(map.get(key) ?? -1);
        if (!map.has(key)) {
          const client = table.add(low, high);
          expect([...map.values()]).not.toContain(client);
          map.set(key, client);
        } else if (leaves) {
          table.remove(map.get(key)!);
          map.delete(key);
        }
      }
      for (const [key, client] of map) {
        const [low, high] = key.split(" ").map(Number) as [number, number];
        expect(table.find(low, high)).toBe(client);
      }
    })
  );
});

test("ClientTable grows and uses numbers again", () => {
  const table = new ClientTable();
  const clients = Array.from({length: 5000}, (_, i) => table.add(Math.imul(i, 0x9e3779b1), i));
  expect(new Set(clients).size).toBe(5000);
  for (let i = 0; i < 5000; ++i) expect(table.find(Math.imul(i, 0x9e3779b1), i)).toBe(clients[i]);
  table.remove(clients[17]!);
  expect(table.add(1, 1)).toBe(clients[17]);
  expect(table.used).toBe(5000);
});
