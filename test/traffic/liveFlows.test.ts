import {deserialize, serialize} from "node:v8";
import fc from "fast-check";
import {expect, test} from "vitest";
import {restoreState, type SavedState, saveState} from "../../lib/savedState.js";
import {Flows} from "../../lib/traffic/flows.js";
import {type Flow, flowOf} from "./flows/flowOf.js";
import {listOf, type Row} from "./listOf.js";

const noon = Date.UTC(2026, 0, 5, 12);
const out: Flow = {
  ...{source: "10.0.0.1", sourcePort: 50_000, destination: "10.0.0.9", destinationPort: 80},
  ...{protocol: 6, time: noon, duration: 2, sourcePackets: 4, sourceBytes: 400, isOneWay: true, line: 1}
};
const back: Flow = {
  ...out,
  ...{source: "10.0.0.9", sourcePort: 80, destination: "10.0.0.1", destinationPort: 50_000},
  ...{sourcePackets: 3, sourceBytes: 1200, line: 2}
};

test("Flows that are live are rows at once, and final", () => {
  const flows = new Flows({live: true});
  expect([flows.clock, flows.takeLive()]).toEqual([Number.NEGATIVE_INFINITY, null]);
  flows.file = 3;
  flows.flow(flowOf({...out, isOneWay: false, line: 7}));
  flows.flow(flowOf({...out, isOneWay: false, line: 8, time: noon - 1000, source: "10.0.0.2"}));
  flows.flow(flowOf({...out, isOneWay: false, line: 9, time: Number.NaN}));
  const rows = listOf(flows.takeLive());
  expect(
    rows.map(({client, clock, isFinal, line, file}) => [client, Number(clock) - noon, isFinal, line, file])
  ).toEqual([
    ["10.0.0.1", 2000, 1, 7, 3],
    ["10.0.0.2", 2000, 1, 8, 3],
    ["10.0.0.1", 2000, 1, 9, 3]
  ]);
  expect(rows[0]!.subject).toBe(rows[2]!.subject);
  expect(rows[0]!.subject).not.toBe(rows[1]!.subject);
  expect(Number.isSafeInteger(rows[0]!.subject)).toBe(true);
  flows.end();
  expect([flows.takeLive(), flows.take()]).toEqual([null, null]);
});

test("Flows that are live wait for their other direction until the clock has gone on by six seconds", () => {
  const told = (...records: Flow[]) => {
    const flows = new Flows({live: true});
    return records.map((record) => {
      flows.flow(flowOf(record));
      return listOf(flows.takeLive()).map((row) => row.bytes_in);
    });
  };
  const other = (seconds: number): Flow => ({...out, source: "10.0.0.2", time: noon + 1000 * seconds, duration: 0});
  expect(told(out, other(8), back, other(8.001))).toEqual([[], [], [], [1200]]);
  expect(told(out, other(8.001), back, other(14.002))).toEqual([[], [null], [], [null, null]]);
  expect(told(other(300), out, back, other(307))).toEqual([[], [], [], [null, 1200]]);
});

test("Flows that are live are handed on when they are released", () => {
  const flows = new Flows({live: true});
  flows.flow(flowOf(out));
  expect(flows.takeLive()).toBeNull();
  flows.release();
  expect(listOf(flows.takeLive())).toMatchObject([{bytes_out: 400, bytes_in: null}]);
});

test("Flows that are live give the same rows however often they are taken, and saved and restored in between", () => {
  const address = fc.constantFrom("10.0.0.1", "10.0.0.2", "2001:db8::1", "é");
  const port = fc.constantFrom(53, 80, 50_000);
  const flow = fc.record({
    ...{source: address, destination: address, sourcePort: port, destinationPort: port},
    ...{wait: fc.oneof(fc.nat(2000), fc.nat(600_000)), late: fc.nat(5000), duration: fc.constantFrom(NaN, 0, 1, 20)},
    ...{protocol: fc.constantFrom(6, 17, 1), sourcePackets: fc.nat(9), sourceBytes: fc.nat(900)},
    ...{isOneWay: fc.boolean(), state: fc.constantFrom(null, "S0", "SF"), label: fc.constantFrom(null, "Botnet")}
  });
  fc.assert(
    fc.property(
      fc.array(flow, {maxLength: 80}),
      fc.array(fc.nat(80)),
      fc.array(fc.nat(80), {maxLength: 3}),
      fc.constantFrom({}, {memory: {hosts: 2, pairs: 2}}, {pair: false}),
      (steps, takes, saves, options) => {
        let time = noon;
        const records = steps.map(({wait, late, ...record}, i) => {
          time += wait;
          return flowOf({...record, time: time - late, line: i + 1});
        });
        const whole = new Flows({...options, live: true});
        for (const record of records) whole.flow(record);
        whole.end();
        const expected = listOf(whole.takeLive());
        let flows = new Flows({...options, live: true});
        const rows: Row[] = [];
        for (const [i, record] of records.entries()) {
          flows.flow(record);
          if (takes.includes(i)) rows.push(...listOf(flows.takeLive()));
          if (!saves.includes(i)) continue;
          const saved = deserialize(serialize(saveState(flows))) as SavedState;
          flows = new Flows({...options, live: true});
          restoreState(flows, saved);
        }
        flows.end();
        rows.push(...listOf(flows.takeLive()));
        expect(rows).toEqual(expected);
        expect([flows.records, rows.length + flows.joined]).toEqual([records.length, records.length]);
      }
    )
  );
});

test("Flows that are live go on growing from where they were saved", () => {
  const records = Array.from({length: 6000}, (_, i) => {
    const source = `10.0.${i % 250}.${i % 17}`;
    return flowOf({...out, source, sourcePort: i, time: noon + 10 * i, isOneWay: i % 3 === 0, line: i + 1});
  });
  const [whole, first, second] = [0, 1, 2].map(() => new Flows({live: true})) as [Flows, Flows, Flows];
  for (const record of records) whole.flow(record);
  for (const record of records.slice(0, 2500)) first.flow(record);
  restoreState(second, deserialize(serialize(saveState(first))) as SavedState);
  for (const record of records.slice(2500)) second.flow(record);
  for (const flows of [whole, second]) flows.end();
  expect(listOf(second.takeLive())).toEqual(listOf(whole.takeLive()));
});
