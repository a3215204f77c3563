import {expect, test} from "vitest";
import {forestJson, type TreeJson} from "../../lib/forest/forestJson.js";
import {growForest} from "../../lib/forest/growForest.js";
import {meanValues} from "../../lib/forest/scoreRows.js";
import {kinds} from "./kinds.js";

test("forestJson(forest) says in words what the forest does", () => {
  const table = {
    x: Float64Array.of(1, 2, 3, 10),
    agent: {codes: Int32Array.of(0, 1, 0, 1), values: ["chrome", "curl"]}
  };
  const {trees, ...rest} = forestJson(
    growForest(table, {preset: "paper", trees: 1, maxDepth: 1, seed: 3, missing: "impute"})
  );
  expect(rest.features).toEqual(["agent", "x"]);
  expect(rest.categories).toEqual({agent: ["chrome", "curl"]});
  expect(trees).toMatchInlineSnapshot(`
    [
      {
        "left": {
          "rows": 2,
          "value": 2,
        },
        "missing": {
          "agent": 0,
        },
        "right": {
          "rows": 2,
          "value": 2,
        },
        "rows": 4,
        "sum": {
          "agent": {
            "chrome": 0,
            "curl": 1,
          },
        },
        "threshold": 0.5,
      },
    ]
  `);
});

test.each(Object.entries(kinds).filter(([, {penalizeRange}]) => !penalizeRange))(
  "a walk down forestJson(forest), written and read again, ends at the same values: %s",
  (_, options) => {
    const table = {
      x: Float64Array.from({length: 40}, (_, i) => (i * 7) % 11),
      y: Float64Array.from({length: 40}, (_, i) => (i * i) % 13),
      agent: {codes: Int32Array.from({length: 40}, (_, i) => i % 3), values: ["chrome", "curl", "wget"]}
    };
    const forest = growForest(table, {...options, trees: 5});
    const {trees} = JSON.parse(JSON.stringify(forestJson(forest))) as {trees: TreeJson[]};
    const means = meanValues(forest, table);
    for (let row = 0; row < 40; ++row) {
      const values = {x: table.x[row]!, y: table.y[row]!, agent: table.agent.values[table.agent.codes[row]!]!};
      const sum = trees.reduce((total, tree) => total + valueIn(tree, values), 0);
      expect(sum / trees.length).toBeCloseTo(means[row]!, 9);
    }
  }
);

function valueIn(tree: TreeJson, row: Record<string, number | string>): number {
  if ("value" in tree) return tree.value;
  let sum: number | null = null;
  for (const [name, factor] of Object.entries(tree.sum)) {
    const term = typeof factor === "number" ? factor * (row[name] as number) : (factor[row[name]!] ?? null);
    if (term === null && tree.missing === undefined) {
      // A category that the node has not seen goes both ways.
      const share = tree.left.rows / (tree.left.rows + tree.right.rows);
      return share * valueIn(tree.left, row) + (1 - share) * valueIn(tree.right, row);
    }
    sum = (sum ?? 0) + (term ?? tree.missing![name]!);
  }
  return valueIn(sum! <= tree.threshold ? tree.left : tree.right, row);
}
