import fc from "fast-check";
import {expect, test} from "vitest";
import {type Table, valueAt} from "../../lib/traffic/table.js";
import {TableBuilder} from "../../lib/traffic/tableBuilder.js";

const columns = [
  {name: "size", type: "number"},
  {name: "agent", type: "text"}
] as const;

test("TableBuilder gives the rows added, whenever they are taken", () => {
  const row = fc.record({size: fc.option(fc.nat()), agent: fc.option(fc.constantFrom("a", "b", "c", "__proto__"))});
  const step = fc.oneof(row, fc.record({take: fc.nat(5)}));
  fc.assert(
    fc.property(fc.array(step, {maxLength: 40}), (steps) => {
      const builder = new TableBuilder(columns);
      const taken: unknown[] = [];
      const expected: unknown[] = [];
      for (const step of steps) {
        if ("take" in step) taken.push(...rowsOf(builder.take(step.take)));
        else {
          const at = builder.add();
          if (step.size !== null) builder.setNumber(0, at, step.size);
          builder.setText(1, at, step.agent);
          expected.push([step.size, step.agent]);
        }
      }
      taken.push(...rowsOf(builder.take()));
      expect(taken).toEqual(expected);
      expect(builder.rows).toBe(0);
    })
  );
});

test("TableBuilder grows, and lists only the values that its rows hold", () => {
  const builder = new TableBuilder(columns);
  for (let i = 0; i < 5000; ++i) {
    const row = builder.add();
    builder.setNumber(0, row, i);
    builder.setText(1, row, `agent ${i}`);
  }
  const first = builder.take(4999);
  expect(first.rows).toBe(4999);
  expect(first.columns.size).toHaveLength(4999);
  const last = builder.take();
  expect(last.columns.agent).toEqual({codes: Int32Array.of(0), values: ["agent 4999"]});
  expect(rowsOf(last)).toEqual([[4999, "agent 4999"]]);
});

function rowsOf({rows, columns}: Table): unknown[] {
  return Array.from({length: rows}, (_, row) => [valueAt(columns.size!, row), valueAt(columns.agent!, row)]);
}
