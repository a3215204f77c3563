import fc from "fast-check";
import {expect, test} from "vitest";
import {Sequence} from "../../../lib/formats/netflow/sequence.js";
import {decoded} from "./decoded.js";
import {flow5, ipfix, plainFields, plainRecord, set, template, version5, version9} from "./messages.js";
import {pmacct9, pmacct10, softflowd5, softflowd9, softflowd10} from "./recordings.js";

/** What is lost by steps of [number, step], one after the other. */
function lost(...steps: readonly (readonly [number, number])[]): number[] {
  const sequence = new Sequence();
  return steps.map(([number, step]) => sequence.take(number, step));
}

test("Sequence counts gaps, also where the numbers begin anew at 2^32", () => {
  expect(lost([100, 30], [130, 30], [190, 30], [220, 1])).toEqual([0, 0, 30, 0]);
  expect(lost([2 ** 32 - 20, 30], [10, 5], [25, 5])).toEqual([0, 0, 10]);
});

test("Sequence takes back what comes late", () => {
  expect(lost([0, 10], [20, 10], [10, 10], [30, 10])).toEqual([0, 10, -10, 0]);
});

test("Sequence takes a number that begins anew or leaps for no loss", () => {
  expect(lost([500, 10], [0, 10], [10, 10])).toEqual([0, 0, 0]);
  expect(lost([5000, 1], [0, 1], [1, 1], [5, 1])).toEqual([0, 0, 0, 3]);
  expect(lost([0, 1], [2 ** 30, 1], [2 ** 30 + 1, 1])).toEqual([0, 0, 0]);
});

test("Sequence never counts a loss where none is, and all of one that is", () => {
  const steps = fc.array(fc.record({step: fc.integer({min: 1, max: 40}), isLost: fc.boolean()}), {
    minLength: 1,
    maxLength: 50
  });
  fc.assert(
    fc.property(steps, fc.nat(2 ** 32 - 1), (steps, start) => {
      const sequence = new Sequence();
      let number = start;
      let count = 0;
      let missing = 0;
      let pending = 0;
      for (const [i, {step, isLost}] of steps.entries()) {
        if (isLost && i > 0) pending += step;
        else {
          missing += pending;
          pending = 0;
          count += sequence.take(number, step);
        }
        number = (number + step) >>> 0;
      }
      expect(count).toBe(missing);
    })
  );
});

test("NetflowDecoder counts flows of v5, messages of v9 and records of IPFIX that were lost", () => {
  const flows = [flow5(0, 0), flow5(0, 0)];
  const five = (sequence: number, engine = 0) => version5(flows, {sequence, engine});
  expect(decoded(five(10), five(12), five(20), five(0, 1)).counts).toEqual({flows: 8, "flows lost on the way": 6});
  const nine = (sequence: number) => version9([set(256, plainRecord(1))], {sequence});
  expect(decoded(nine(7), nine(8), nine(12)).counts).toEqual({"messages lost on the way": 3});
  const ten = (sequence: number, records: number) =>
    ipfix([set(256, ...Array.from({length: records}, () => plainRecord(1)))], {sequence});
  const known = ipfix([set(2, template(256, ...plainFields))], {sequence: 40});
  expect(decoded(known, ten(40, 3), ten(43, 1), ten(54, 1)).counts["records lost on the way"]).toBe(10);
});

test("NetflowDecoder counts no loss of records whose number it cannot know, or of exporters that count themselves in", () => {
  const ten = (sequence: number, records: number) =>
    ipfix([set(256, ...Array.from({length: records}, () => plainRecord(1)))], {sequence});
  expect(decoded(ten(0, 3), ten(3, 9), ten(12, 1)).counts).toEqual({});
  const known = ipfix([set(2, template(256, ...plainFields))], {sequence: 0});
  expect(decoded(known, ten(3, 3), ten(12, 9), ten(13, 1)).counts).not.toHaveProperty("records lost on the way");
});

test("NetflowDecoder takes a restart of the exporter for no loss", () => {
  const flows = [flow5(0, 0)];
  const at = (sequence: number, uptime: number) => version5(flows, {sequence, uptime});
  expect(decoded(at(3, 500_000), at(90, 1000), at(91, 2000)).counts).toEqual({flows: 3});
});

test("NetflowDecoder counts no loss in what real exporters send", () => {
  for (const recording of [softflowd5, softflowd9, softflowd10, pmacct9, pmacct10]) {
    expect(Object.keys(decoded(...recording).counts).filter((what) => what.includes("lost"))).toEqual([]);
  }
  expect(decoded(pmacct10[0]!, pmacct10[2]!).counts["records lost on the way"]).toBe(6);
});
