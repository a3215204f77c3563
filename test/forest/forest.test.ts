import fc from "fast-check";
import {expect, test} from "vitest";
import {checksum} from "../../lib/forest/checksum.js";
import {allocateForest, type Forest, openForest, sealForest} from "../../lib/forest/forest.js";
import {growForest} from "../../lib/forest/growForest.js";
import {type ForestOptions, resolveParameters} from "../../lib/forest/parameters.js";
import {scoreRows} from "../../lib/forest/scoreRows.js";
import {tables} from "./tables.js";

const columns = {
  rate: Float64Array.of(1, 2, 3, 5, 8, 13, 21, 34),
  paths: Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6)
};
const forest = growForest(columns, {preset: "paper", trees: 3, sampleSize: 6});
const kinds: ForestOptions[] = [
  {},
  {dims: 2},
  {penalizeRange: true},
  {metric: "density"},
  {missing: "impute"},
  {dims: 2, penalizeRange: true}
];
const headerBytes = 16;
const descriptionBytes = new DataView(forest.buffer).getUint32(8, true);

test("openForest(buffer) gives the forest that was grown, without a copy", () => {
  fc.assert(
    fc.property(tables, (table) => {
      const grown = growForest(table, {trees: 3});
      const opened = openForest(grown.buffer);
      expect(opened).toEqual(grown);
      expect(opened.buffer).toBe(grown.buffer);
      expect(scoreRows(opened, table)).toEqual(scoreRows(grown, table));
    }),
    {numRuns: 30}
  );
});

test("openForest(buffer) keeps any feature name", () => {
  fc.assert(
    fc.property(fc.string({unit: "grapheme"}), (name) => {
      const table = {[name]: columns.rate};
      const opened = openForest(growForest(table, {trees: 2}).buffer);
      expect(opened.features).toEqual([name]);
      expect(scoreRows(opened, table)).toHaveLength(8);
    })
  );
});

test("openForest(buffer) refuses a buffer that is cut anywhere, or goes on", () => {
  for (let length = 0; length < forest.buffer.byteLength; ++length) {
    expect(() => openForest(forest.buffer.slice(0, length))).toThrow(/^(expected a forest|invalid forest)/);
  }
  const longer = new Uint8Array([...new Uint8Array(forest.buffer), ...new Uint8Array(8)]);
  expect(() => openForest(longer.buffer)).toThrow(/^expected a forest of \d+ bytes, got: \d+$/);
});

test("openForest(buffer) refuses other bytes, other versions and lying lengths", () => {
  expect(() => openForest(new ArrayBuffer(0))).toThrow("expected a forest, got 0 bytes");
  expect(() => openForest(new ArrayBuffer(1000))).toThrow("expected a forest, got other bytes");
  expect(() => openForest(withHeader(4, 1))).toThrow("expected a forest of version 2, got an older one: 1");
  expect(() => openForest(withHeader(4, 3))).toThrow("expected a forest of version 2, got a newer one: 3");
  expect(() => openForest(withHeader(8, 2 ** 32 - 1))).toThrow("invalid forest description length: 4294967295");
  expect(() => openForest(withHeader(8, descriptionBytes - 1))).toThrow("invalid forest description");
  expect(() => openForest(withHeader(8, descriptionBytes + 8))).toThrow("invalid forest description");
});

test("openForest(buffer) refuses every flipped bit", () => {
  for (let bit = 0; bit < forest.buffer.byteLength * 8; ++bit) {
    const bytes = new Uint8Array(forest.buffer.slice(0));
    bytes[bit >> 3]! ^= 1 << (bit & 7);
    expect(() => openForest(bytes.buffer)).toThrow(/^(expected a|damaged|invalid) forest/);
  }
});

test.each<[string, object | null]>([
  ["invalid forest description: features", {}],
  ["invalid forest description: features", null],
  ["invalid forest description: features", {features: []}],
  ["invalid forest description: features", {features: "rate"}],
  ["invalid forest description: features", {features: ["rate", 1]}],
  ["invalid forest description: categories", described({categories: null})],
  ["invalid forest description: categories", described({categories: [null]})],
  ["invalid forest description: categories", described({categories: [null, [1]]})],
  ["invalid forest description: nodes", described({nodes: 0})],
  ["invalid forest description: nodes", described({nodes: 1e300})],
  ["invalid forest description: trees", described({trees: 0})],
  ["invalid forest description: numbers", described({numbers: -1})],
  ["invalid forest description: invalid trees: -1", described({}, {trees: -1})],
  ["invalid forest description: invalid trees: 3", described({}, {trees: "3"})],
  ["invalid forest description: invalid trees: undefined", described({parameters: null})],
  ["invalid forest description: invalid trees: undefined", described({parameters: "abc"})],
  ["invalid forest description: invalid sampleSize: 0", described({}, {sampleSize: 0})],
  ["invalid forest description: invalid sampleSize: 4294967294", described({}, {sampleSize: 4_294_967_294})],
  ["invalid forest description: invalid dims: 0", described({}, {dims: 0})],
  ["invalid forest description: invalid maxDepth: -1", described({}, {maxDepth: -1})],
  ["invalid forest description: invalid seed: 0.5", described({}, {seed: 0.5})],
  ["invalid forest description: invalid metric: __proto__", described({}, {metric: "__proto__"})],
  ["expected a forest of", described({nodes: 4_294_967_295})],
  ["invalid forest description: trees", described({trees: 4_294_967_295})],
  ["expected a forest of", described({trees: 4_294_967_295}, {trees: 4_294_967_295})],
  ["invalid forest description: invalid chances of gains: 0, 0, 0, 0", described({}, {pooledGain: "0"})],
  ["expected a forest of", described({nodes: forest.child.length + 1})],
  ["invalid forest description: dims", described({}, {dims: 4_000_000_000, missing: "impute"})],
  ["invalid forest description: dims or columnsPerTree", described({}, {columnsPerTree: 3})],
  ["expected a forest of", described({trees: 2}, {trees: 2})],
  ["invalid forest: feature of node", described({features: ["rate"], categories: [null]}, {columnsPerTree: 1})]
])("openForest(buffer) throws %j on the description %j", (message, description) => {
  expect(() => openForest(withDescription(description))).toThrow(message);
});

test("openForest(buffer) reads what withDescription writes", () => {
  expect(openForest(withDescription(described({}))).parameters).toEqual(forest.parameters);
});

const firstLeaf = forest.child.indexOf(0);

test.each<[string, (damaged: Forest) => void]>([
  ["invalid forest: roots", ({root}) => root.fill(1, 0, 1)],
  ["invalid forest: roots", ({root}) => root.fill(2 ** 32 - 1, 3)],
  ["invalid forest: root of tree 1", ({root}) => root.fill(0, 1, 2)],
  ["invalid forest: root of tree 1", ({root}) => root.fill(2 ** 32 - 1, 1, 2)],
  ["invalid forest: root of tree 2", ({root}) => root.fill(1, 2, 3)],
  ["invalid forest: feature of node 0", ({feature}) => feature.fill(2, 0, 1)],
  ["invalid forest: feature of node 0", ({feature}) => feature.fill(-1, 0, 1)],
  ["invalid forest: child of node 0", ({child}) => child.fill(forest.root[1]! - 1, 0, 1)],
  ["invalid forest: child of node 0", ({child}) => child.fill(2 ** 32 - 1, 0, 1)],
  ["invalid forest: child of node 2", ({child}) => child.fill(2, 2, 3)],
  ["invalid forest: threshold of node 0", ({threshold}) => threshold.fill(Number.NaN, 0, 1)],
  ["invalid forest: threshold of node 0", ({threshold}) => threshold.fill(Number.POSITIVE_INFINITY, 0, 1)],
  ["invalid forest: threshold of node", ({threshold}) => threshold.fill(Number.NaN, firstLeaf, firstLeaf + 1)],
  ["invalid forest: size of node 0", ({size}) => size.fill(0, 0, 1)],
  ["invalid forest: size of node 0", ({size}) => size.fill(Number.NaN, 0, 1)]
])("openForest(buffer) throws %j on damaged nodes: %s", (message, damage) => {
  const buffer = forest.buffer.slice(0);
  const opened = openForest(buffer);
  damage(opened);
  expect(() => openForest(buffer)).toThrow("damaged forest: its checksum differs");
  expect(() => openForest(sealForest(opened).buffer)).toThrow(message);
});

test("openForest(buffer) of any damaged bytes throws or gives a forest that scores", () => {
  const size = forest.buffer.byteLength;
  const damage = fc.tuple(fc.oneof(fc.nat(size - 1), fc.nat(headerBytes + descriptionBytes)), fc.nat(255));
  fc.assert(
    fc.property(fc.array(damage, {minLength: 1, maxLength: 4}), (changes) => {
      const bytes = new Uint8Array(forest.buffer.slice(0));
      for (const [position, value] of changes) bytes[position] = value;
      throwsOrScores(resealed(bytes.buffer));
    }),
    {numRuns: 2000}
  );
});

test("openForest(buffer) of a true header and any nodes throws or gives a forest that scores", () => {
  const word = fc.oneof(fc.nat(5), fc.constant(-1), fc.integer());
  const words = (length: number) => fc.array(word, {minLength: length, maxLength: length});
  const parts = fc.integer({min: 1, max: 4}).chain((nodes) => fc.tuple(words(nodes), words(nodes), words(nodes)));
  fc.assert(
    fc.property(parts, fc.constantFrom(...kinds), ([threshold, feature, child], options) => {
      const nodes = child.length;
      const names = {features: ["rate", "paths"], categories: [null, null]};
      const parameters = resolveParameters(8, 2, {preset: "paper", ...options});
      const made = allocateForest(names, parameters, {trees: 1, nodes, numbers: 0});
      made.root.set([0, nodes]);
      made.threshold.set(threshold);
      for (let k = 0; k < made.feature.length; ++k) made.feature[k] = feature[k % nodes]!;
      made.child.set(child);
      made.size.fill(1);
      throwsOrScores(sealForest(made).buffer);
    }),
    {numRuns: 300}
  );
});

test("openForest(buffer) refuses nodes that share a child, whose number of ways would double with each", () => {
  const nodes = 61;
  const names = {features: ["rate", "paths"], categories: [null, null]};
  const made = allocateForest(names, resolveParameters(8, 2, {preset: "paper", trees: 1}), {
    trees: 1,
    nodes,
    numbers: 0
  });
  made.root.set([0, nodes]);
  made.size.fill(1);
  made.feature.fill(0);
  for (let i = 0; i < nodes - 2; ++i) made.child[i] = i + 1;
  expect(() => openForest(sealForest(made).buffer)).toThrow("invalid forest: child of node 1");
});

test("openForest(buffer) refuses leaves whose sum would not be finite", () => {
  const opened = openForest(growForest(columns, {preset: "paper", metric: "density", trees: 2}).buffer);
  opened.threshold.fill(1.7e308, opened.child.indexOf(0), opened.child.indexOf(0) + 1);
  expect(() => openForest(sealForest(opened).buffer)).toThrow(/^invalid forest: value of node/);
});

test("openForest(buffer) of random bytes throws", () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 200}), (bytes) => {
      expect(() => openForest(bytes.slice().buffer)).toThrow(/^expected a forest/);
    })
  );
});

test("openForest(buffer) of a tree of one long path still scores above 0", () => {
  const sampleSize = 2 ** 24;
  const names = {features: ["rate", "paths"], categories: [null, null]};
  const parameters = resolveParameters(sampleSize, 2, {preset: "paper", trees: 1, sampleSize, maxDepth: 0});
  const made = allocateForest(names, parameters, {trees: 1, nodes: 3, numbers: 0});
  made.root.set([0, 3]);
  made.size.fill(1);
  made.feature.set([0, -1, -1]);
  made.child.set([1, 0, 0]);
  made.threshold.set([5, sampleSize - 1, 0]);
  const score = scoreRows(openForest(sealForest(made).buffer), columns);
  expect([score[0]! > 0, score[7]]).toEqual([true, 1]);
});

function throwsOrScores(buffer: ArrayBuffer): void {
  let opened: Forest;
  try {
    opened = openForest(buffer);
  } catch (error) {
    expect((error as Error).message).toMatch(/^(expected a|damaged|invalid) forest/);
    return;
  }
  const values = Object.values(columns);
  const codes = Int32Array.of(-1, 0, 1, 0, 1, 0, 1, 0);
  const table = Object.fromEntries(
    opened.features.map((name, j) => [
      name,
      opened.categories[j] === null ? values[j % 2]! : {codes, values: ["a", "b"]}
    ])
  );
  const score = scoreRows(opened, table);
  expect(score.every((s) => s > 0 && s <= 1)).toBe(true);
}

function withHeader(offset: number, value: number): ArrayBuffer {
  const buffer = forest.buffer.slice(0);
  new DataView(buffer).setUint32(offset, value, true);
  return buffer;
}

// With its checksum made right again, so that the checks behind it are reached.
function resealed(buffer: ArrayBuffer): ArrayBuffer {
  if (buffer.byteLength % 4 === 0) new DataView(buffer).setUint32(12, checksum(buffer, 3), true);
  return buffer;
}

function described(changes: object, parameters: object = {}): object {
  const {features, categories, child} = forest;
  const shape = {trees: 3, nodes: child.length, numbers: 0};
  return {features, categories, parameters: {...forest.parameters, ...parameters}, ...shape, ...changes};
}

function withDescription(description: object | null): ArrayBuffer {
  const text = new TextEncoder().encode(JSON.stringify(description));
  const start = (length: number) => Math.ceil((headerBytes + length) / 8) * 8;
  const nodes = new Uint8Array(forest.buffer, start(descriptionBytes));
  const bytes = new Uint8Array(start(text.length) + nodes.length);
  bytes.set(new Uint8Array(forest.buffer, 0, headerBytes));
  bytes.set(text, headerBytes);
  bytes.set(nodes, start(text.length));
  new DataView(bytes.buffer).setUint32(8, text.length, true);
  return resealed(bytes.buffer);
}
