import * as Plot from "@observablehq/plot";
import {html} from "htl";
import {changedAlerts, enoughTrees} from "../lib/forest/changedAlerts.js";
import {convergingScore} from "../lib/forest/convergingScore.js";
import type {Features} from "../lib/forest/features.js";
import type {Forest} from "../lib/forest/forest.js";
import {rowsAround} from "../lib/forest/rowsAround.js";
import {takeFeatures} from "../lib/forest/takeFeatures.js";
import {treeCounts} from "../lib/forest/treeCounts.js";
import {type TreeValues, treeValues} from "../lib/forest/treeValues.js";
import {inTurns} from "../lib/inTurns.js";
import {formatCount, formatPercent} from "./format.js";
import {nextTask} from "./nextTask.js";
import {pageTurns} from "./pageTurns.js";
import {palette} from "./palette.js";
import type {WithThreshold} from "./thresholdMark.js";

/**
 * How many trees are enough: two cards, one with the scores of a few rows as trees are added, each in the band where 95 %
 * of forests of that size put it, one with the share of alerts that chance decides. Both follow the threshold.
 */
export function convergencePlot(
  forest: Forest,
  features: Features,
  score: Float64Array,
  {width, height = 260}: {width: number; height?: number}
): WithThreshold {
  const trees = forest.root.length - 1;
  const columns = width > 640 ? 2 : 1;
  const plotWidth = (width - 16 * (columns - 1)) / columns - 38;
  const isPossible = trees > 1 && score.length > 0;
  const settling = card("Scores settle as trees are added", isPossible ? height : 0);
  const changing = card("How many trees the alerts need", isPossible ? height : 0);
  const element = html`<div class="features" style=${{gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`}}>${settling.element}${changing.element}</div>`;
  if (!isPossible) {
    const reason = trees === 1 ? "One tree shows no spread between trees." : "There are no rows.";
    settling.show("How scores settle cannot be shown", reason, null);
    changing.show("How many trees the alerts need cannot be shown", reason, null);
    return Object.assign(element, {at: () => {}});
  }

  let asked = 0;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const draw = async (threshold: number, mine: number) => {
    const shown = shownRows(score, threshold);
    const values = treeValues(
      forest,
      takeFeatures(
        features,
        shown.map(({row}) => row)
      )
    );
    const lines = shown.map(({name, color, row}, i) => ({
      name,
      color,
      score: score[row]!,
      points: pointsOf(values, i, forest)
    }));
    const last = lines[0]!.points.at(-1)!;
    settling.show(
      `With ${formatCount(trees)} trees, the highest score is known to about ± ${((last.high - last.low) / 2).toFixed(3)}`,
      "The score after the first trees, in the band where 95 % of forests with that many put it.",
      settlingPlot(lines, {width: plotWidth, height, trees, threshold})
    );
    await nextTask();
    const standing = rowsAround(score, threshold);
    const sampled = await valuesInTurns(forest, takeFeatures(features, standing.rows), () => asked !== mine);
    if (sampled === null) return;
    const share = changedAlerts(sampled, forest.parameters, threshold, standing.weight);
    const enough = enoughTrees(share, 0.01);
    const estimated =
      standing.rows.length < score.length ? ` Estimated from ${formatCount(standing.rows.length)} rows.` : "";
    if (Number.isNaN(share(trees))) {
      changing.show("Nothing is flagged at this threshold, so no alert can change", "\u00a0", null);
      return;
    }
    changing.show(
      titleOf(share(trees), enough, trees),
      `Alerts that endlessly many trees would drop or add.${estimated}`,
      changingPlot(share, {width: plotWidth, height, trees, enough})
    );
  };
  return Object.assign(element, {
    at(threshold: number) {
      const mine = ++asked;
      clearTimeout(waiting);
      waiting = setTimeout(() => draw(threshold, mine), mine === 1 ? 0 : 150);
    }
  });
}

function card(title: string, height: number) {
  const heading = html`<h3>${title}</h3>`;
  const text = html`<p>Asking the trees …</p>`;
  const place = html`<div style=${{minHeight: `${height}px`}}></div>`;
  const show = (title: string, words: string, plot: Element | null) => {
    heading.textContent = title;
    text.textContent = words;
    place.replaceChildren(...(plot === null ? [] : [plot]));
  };
  return {element: html`<div class="card">${heading}${text}${place}</div>`, show};
}

interface ShownRow {
  name: string;
  color: string;
  row: number;
}

function shownRows(score: Float64Array, threshold: number): ShownRow[] {
  const order = Uint32Array.from(score, (_, row) => row).sort((a, b) => score[b]! - score[a]! || a - b);
  const nearest = order.reduce((best, row) =>
    Math.abs(score[row]! - threshold) < Math.abs(score[best]! - threshold) ? row : best
  );
  const rows = [
    {name: "highest score", color: "var(--score-high)", row: order[0]!},
    {name: "nearest to the threshold", color: palette.genuine, row: nearest},
    {name: "typical score", color: palette.muted, row: order[order.length >> 1]!}
  ];
  return rows.filter(({row}, i) => rows.findIndex((other) => other.row === row) === i);
}

interface Point {
  trees: number;
  score: number;
  low: number;
  high: number;
}

interface Line {
  name: string;
  color: string;
  score: number;
  points: Point[];
}

function pointsOf(values: TreeValues, row: number, forest: Forest): Point[] {
  const counts = treeCounts(values.trees);
  const {score, low, high} = convergingScore(values, row, forest.parameters, counts);
  return Array.from(counts, (trees, i) => ({trees, score: score[i]!, low: low[i]!, high: high[i]!}));
}

async function valuesInTurns(forest: Forest, features: Features, isStale: () => boolean): Promise<TreeValues | null> {
  const column = Object.values(features)[0]!;
  const rows = column instanceof Float64Array ? column.length : column.codes.length;
  const trees = forest.root.length - 1;
  const values = new Float64Array(rows * trees);
  const work = (from: number, to: number) => {
    const slice = Uint32Array.from({length: to - from}, (_, i) => from + i);
    values.set(treeValues(forest, takeFeatures(features, slice)).values, from * trees);
  };
  const isDone = await inTurns({from: 0, to: rows}, pageTurns(isStale), work);
  return isDone ? {rows, trees, values} : null;
}

function titleOf(share: number, enough: number, trees: number): string {
  const count =
    enough === 1 ? "1 tree" : `${formatCount(enough <= trees ? enough : Number(enough.toPrecision(2)))} trees`;
  if (enough <= trees) return `After ${count}, the alerts change by less than 1\u00a0%`;
  const now =
    share < 1 ? `Chance decides ${formatPercent(share)} of alerts` : "Chance decides more rows than are flagged";
  return Number.isFinite(enough) ? `${now}; under 1\u00a0% takes about ${count}` : now;
}

interface Size {
  width: number;
  height: number;
  trees: number;
}

function settlingPlot(lines: readonly Line[], {width, height, trees, threshold}: Size & {threshold: number}): Element {
  const scores = lines.flatMap(({points}) =>
    points.filter(({trees: t}) => t > 1 || trees < 10).flatMap(({score, low, high}) => [score, low, high])
  );
  const isBeyond = threshold < 0 || threshold > 1;
  if (!isBeyond) scores.push(threshold);
  const [lowest, highest] = [Math.min(...scores), Math.max(...scores)];
  const room = Math.max(0.02, highest - lowest);
  const extent = [Math.max(0, lowest - room * 0.07), Math.min(1, highest + room * 0.05)];
  return Plot.plot({
    width,
    height,
    marginTop: 24,
    marginLeft: 42,
    marginRight: 12,
    marginBottom: 36,
    x: {
      type: "log",
      domain: [1, trees],
      label: "trees, logarithmic →",
      labelArrow: "none",
      ticks: countTicks(trees),
      tickFormat: formatCount
    },
    y: {domain: extent, label: "anomaly score", labelAnchor: "top", labelArrow: "none", ticks: 5, clamp: true},
    marks: [
      lines.map(({points, color}) =>
        Plot.areaY(points, {x: "trees", y1: "low", y2: "high", fill: color, fillOpacity: 0.16, clip: true})
      ),
      Plot.ruleY(isBeyond ? [] : [threshold], {stroke: "var(--threshold)", strokeDasharray: "4 3"}),
      lines.map(({points, color}) =>
        Plot.line(points, {x: "trees", y: "score", stroke: color, strokeWidth: 2, clip: true})
      ),
      Plot.text(labelsOf(lines, (extent[1]! - extent[0]!) / (height - 60)), {
        ...labelStyle,
        x: trees,
        y: "y",
        text: "name",
        fill: "color",
        textAnchor: "end"
      }),
      Plot.text([threshold], {
        ...labelStyle,
        x: 1,
        y: Math.min(extent[1]!, Math.max(extent[0]!, threshold)),
        text: [`threshold ${threshold.toFixed(3)}${isBeyond ? " lies beyond" : ""}`],
        fill: "var(--threshold)",
        textAnchor: "start",
        dx: 5,
        dy: threshold > 1 ? 8 : -8
      }),
      Plot.tip(
        lines.flatMap(({name, points}) => points.map((point) => ({name, ...point}))),
        Plot.pointer({
          x: "trees",
          y: "score",
          title: ({name, trees, score, low, high}: Point & {name: string}) =>
            `${name}\n${formatCount(trees)} trees: ${score.toFixed(3)}\n95 % of such forests: ${low.toFixed(3)} to ${high.toFixed(3)}`,
          fill: "var(--theme-background)"
        })
      )
    ]
  });
}

const labelStyle = {stroke: "var(--theme-background)", strokeWidth: 4, fontWeight: 600} as const;

// Names stand above the ends of their lines, the lowest below its own, and keep a line’s height between each other.
function labelsOf(lines: readonly Line[], perPixel: number) {
  const ascending = [...lines].sort((a, b) => a.score - b.score);
  const labels = ascending.map(({name, color, points}, i) => {
    const {low, high} = points.at(-1)!;
    return {name, color, y: i === 0 && lines.length > 1 ? low - 10 * perPixel : high + 9 * perPixel};
  });
  for (let i = 1; i < labels.length; ++i) labels[i]!.y = Math.max(labels[i]!.y, labels[i - 1]!.y + 15 * perPixel);
  return labels;
}

function changingPlot(
  share: (count: number) => number,
  {width, height, trees, enough}: Size & {enough: number}
): Element {
  const last = Math.max(trees, Number.isFinite(enough) ? enough : 1);
  const least = Math.max(0.001, Math.min(0.005, share(last)));
  const points = Array.from(treeCounts(last), (count) => ({count, share: Math.max(least, share(count))}));
  const known = points.filter(({count}) => count <= trees);
  const now = {count: trees, share: Math.max(least, share(trees))};
  const domain = [least, Math.max(1, points[0]!.share)];
  return Plot.plot({
    width,
    height,
    marginTop: 22,
    marginLeft: 50,
    marginRight: 16,
    marginBottom: 36,
    x: {
      type: "log",
      domain: [1, last],
      label: "trees, logarithmic →",
      labelArrow: "none",
      ticks: countTicks(last),
      tickFormat: formatCount
    },
    y: {
      type: "log",
      domain,
      label: "alerts that differ, logarithmic",
      labelArrow: "none",
      ticks: [0.001, 0.01, 0.1, 1, 10, 100].filter((tick) => tick >= least && tick <= domain[1]!),
      tickFormat: (tick: number) => `${tick * 100} %`
    },
    marks: [
      Plot.ruleY([0.01], {stroke: palette.muted, strokeDasharray: "4 3"}),
      Plot.line(points, {x: "count", y: "share", stroke: palette.genuine, strokeWidth: 1.5, strokeDasharray: "2 4"}),
      Plot.line([...known, now], {x: "count", y: "share", stroke: palette.genuine, strokeWidth: 2}),
      Plot.dot([now], {
        x: "count",
        y: "share",
        r: 5,
        fill: "var(--theme-background)",
        stroke: "var(--threshold)",
        strokeWidth: 2.5
      }),
      Plot.text([now], {
        x: "count",
        y: "share",
        text: () => "this forest",
        dy: -12,
        textAnchor: trees < last ? "start" : "end",
        fill: "var(--theme-foreground)",
        stroke: "var(--theme-background)",
        strokeWidth: 4
      }),
      Plot.tip(
        points,
        Plot.pointer({
          x: "count",
          y: "share",
          title: ({count, share}: {count: number; share: number}) =>
            `${formatCount(count)} trees\n${formatPercent(share, 2)} of the alerts differ`,
          fill: "var(--theme-background)"
        })
      )
    ]
  });
}

function countTicks(last: number): number[] {
  return [1, 10, 100, 1000, 10_000, 100_000, 1e6].filter((tick) => tick <= last);
}
