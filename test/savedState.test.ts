import {deserialize, serialize} from "node:v8";
import fc from "fast-check";
import {expect, test} from "vitest";
import {restoreState, type SavedState, type Saves, saveState} from "../lib/savedState.js";

class Counter {
  private count = 0;
  private readonly label: string;

  constructor(label: string) {
    this.label = label;
  }

  next(): string {
    return `${this.label} ${++this.count}`;
  }
}

class Cache implements Saves {
  readonly view = new DataView(new ArrayBuffer(8));

  save(): null {
    return null;
  }

  restore(): void {}
}

class Machine {
  values: Float64Array = new Float64Array(1000).fill(Number.NaN);
  alias = this.values;
  part = this.values.subarray(2, 4);
  names: (string | null | undefined)[] = [];
  agents = new Map<number, {readonly text: string}>();
  agentOf: {readonly text: string}[] = [];
  sets: (Set<string> | undefined)[] = [];
  counters: Counter[] = [];
  cache = new Cache();
  options: {readonly size: number; readonly place?: () => string};
  readonly counter = new Counter("all");
  readonly again = this.counter;
  private readonly told: () => string;

  constructor(size: number, place?: () => string) {
    this.options = place === undefined ? {size} : {size, place};
    this.told = () => `${this.counter.next()} of ${this.options.size}`;
  }

  tell(): string {
    return this.told();
  }
}

test("restoreState(object, saved) goes on where the object was saved, also through v8.serialize and structuredClone", () => {
  for (const cloned of [through, structuredClone<SavedState>, (saved: SavedState) => saved]) {
    const machine = new Machine(3);
    machine.tell();
    machine.names.push("a", null, undefined);
    machine.sets[2] = new Set(["x"]);
    const saved = cloned(saveState(machine));
    const expected = [machine.tell(), machine.tell()];
    for (let times = 0; times < 2; ++times) {
      const fresh = new Machine(3);
      restoreState(fresh, saved);
      expect(fresh.names).toEqual(["a", null, undefined]);
      expect(fresh.sets).toEqual([undefined, undefined, new Set(["x"])]);
      expect([fresh.tell(), fresh.tell()]).toEqual(expected);
    }
  }
});

test("saveState(object) shares nothing with the object, nor restoreState with what was saved", () => {
  const machine = new Machine(1);
  machine.values[1] = 5;
  machine.names.push("a");
  const saved = saveState(machine);
  machine.values[1] = 6;
  machine.names.push("b");
  const fresh = new Machine(1);
  restoreState(fresh, saved);
  fresh.values[1] = 7;
  fresh.names.push("c");
  const last = new Machine(1);
  restoreState(last, saved);
  expect([last.values[1], last.names]).toEqual([5, ["a"]]);
});

test("restoreState(object, saved) makes one object of what was one", () => {
  const machine = new Machine(1);
  const agent = {text: "curl"};
  machine.agents.set(1, agent);
  machine.agentOf.push(agent, agent, {text: "curl"});
  const fresh = new Machine(1);
  restoreState(fresh, through(saveState(machine)));
  expect(fresh.alias).toBe(fresh.values);
  expect(fresh.again).toBe(fresh.counter);
  expect(fresh.agentOf[0]).toBe(fresh.agents.get(1));
  expect(fresh.agentOf[1]).toBe(fresh.agentOf[0]);
  expect(fresh.agentOf[2]).not.toBe(fresh.agentOf[0]);
});

test("saveState(object) keeps any numbers of typed arrays, and few bytes of an equal rest", () => {
  const number = fc.oneof(fc.constantFrom(0, -0, Number.NaN, Infinity), fc.double());
  fc.assert(
    fc.property(fc.array(number), fc.nat(300), number, (head, length, rest) => {
      const values = Float64Array.from([...head, ...Array<number>(length).fill(rest)]);
      const fresh = {values: new Float64Array()};
      restoreState(fresh, through(saveState({values})));
      expect([...fresh.values].every((value, i) => Object.is(value, values[i]))).toBe(true);
      expect(fresh.values).toHaveLength(values.length);
    })
  );
  const room = {codes: new Int32Array(1e6).fill(-1), flags: new Uint8Array(1e4), big: new BigInt64Array(1000)};
  expect(serialize(saveState(room)).length).toBeLessThan(1000);
  const fresh = {codes: new Int32Array(), flags: new Uint8Array(1), big: new BigInt64Array()};
  restoreState(fresh, through(saveState(room)));
  expect(serialize(fresh).equals(serialize(room))).toBe(true);
});

test("saveState(object) saves of a part of an array only that part", () => {
  const values = Float64Array.from({length: 1000}, (_, i) => i);
  const saved = saveState({part: values.subarray(2, 4)});
  expect(serialize(saved).length).toBeLessThan(200);
});

test("restoreState(object, saved) takes functions and what saves itself from the fresh object", () => {
  const machine = new Machine(2, () => "there");
  machine.cache.view.setInt8(0, 1);
  const fresh = new Machine(9, () => "here");
  restoreState(fresh, through(saveState(machine)));
  expect([fresh.options.size, fresh.options.place?.()]).toEqual([2, "here"]);
  expect(fresh.cache.view.getInt8(0)).toBe(0);
});

test("saveState(object) refuses what it cannot restore, and restoreState what does not fit", () => {
  const invalid = [new Date(0), Promise.resolve(), new DataView(new ArrayBuffer(1)), Symbol("a"), [() => 1], /a/];
  for (const value of invalid) {
    expect(() => saveState({value})).toThrow("invalid value to save: Object.value");
  }
  expect(() => saveState({map: new Map([["a", new Counter("a")]])})).toThrow("invalid value to save: Object.map");
  const machine = new Machine(1);
  machine.counters.push(new Counter("one"));
  const saved = saveState(machine);
  expect(() => restoreState(new Machine(1), saved)).toThrow("nothing to restore into: Machine.counters");
  const {cache: _, ...fields} = saveState(new Machine(1)).fields;
  expect(() => restoreState(new Machine(1), {fields})).toThrow("missing field in saved state: Machine.cache");
  const more = {fields: {...saveState(new Machine(1)).fields, other: 1}};
  expect(() => restoreState(new Machine(1), more)).toThrow("unknown field in saved state: Machine.other");
});

function through(saved: SavedState): SavedState {
  return deserialize(serialize(saved));
}
