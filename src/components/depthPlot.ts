import * as Plot from "@observablehq/plot";
import type {TreeValues} from "../lib/forest/treeValues.js";
import {palette} from "./palette.js";

/** The mean of a row’s numbers over the first tree, the first two, and so on. */
export function runningMeans({trees, values}: TreeValues, row: number): Float64Array {
  const means = new Float64Array(trees);
  let sum = 0;
  for (let tree = 0; tree < trees; ++tree) {
    sum += values[row * trees + tree]!;
    means[tree] = sum / (tree + 1);
  }
  return means;
}

/** How the mean depth of a row, or what is counted of it, settles from tree to tree beside that of the average row, with a line at one tree. */
export function depthPlot(
  own: Float64Array,
  average: Float64Array | null,
  {width, height = 170, tree, title}: {width: number; height?: number; tree: number; title: string}
): Element {
  const lines = [
    {name: "this row", color: "var(--score-high)", means: own},
    ...(average === null ? [] : [{name: "the average row", color: palette.muted, means: average}])
  ];
  const isAbove = average === null || own.at(-1)! >= average.at(-1)!;
  const trees = own.length;
  const lowest = Math.min(...lines.map(({means}) => means.reduce((a, b) => Math.min(a, b), 0)));
  const highest = Math.max(...lines.map(({means}) => means.reduce((a, b) => Math.max(a, b), 0)));
  return Plot.plot({
    width,
    height,
    marginTop: 22,
    marginLeft: 34,
    marginRight: 14,
    marginBottom: 34,
    x: {
      domain: [1, Math.max(2, trees)],
      label: "trees →",
      labelArrow: "none",
      ticks: Math.max(2, Math.round(width / 110)),
      tickFormat: (x: number) => (Number.isInteger(x) ? `${x}` : "")
    },
    y: {domain: [lowest, highest * 1.15 || 1], label: title, labelArrow: "none", ticks: 4},
    marks: [
      Plot.ruleY([0], {stroke: "var(--theme-foreground-fainter)"}),
      Plot.ruleX([tree], {stroke: "var(--threshold)", strokeDasharray: "3 3"}),
      lines.map(({means, color}) =>
        Plot.line(means, {x: (_, i) => i + 1, y: (mean) => mean, stroke: color, strokeWidth: 2})
      ),
      trees === 1 ? lines.map(({means, color}) => Plot.dot(means, {x: () => 1, y: (mean) => mean, fill: color})) : null,
      lines.map((line, i) =>
        Plot.text([line], {
          x: Math.max(2, trees),
          y: ({means}) => means.at(-1)!,
          text: "name",
          fill: "color",
          textAnchor: "end",
          dy: isAbove === (i === 0) ? -10 : 11,
          fontWeight: 600,
          stroke: "var(--theme-background)",
          strokeWidth: 4
        })
      )
    ]
  });
}
