import {svg} from "htl";
import {columnsOf, type Features} from "../lib/forest/features.js";
import type {Forest} from "../lib/forest/forest.js";
import type {IsolationPath, IsolationStep} from "../lib/forest/isolationPath.js";
import {projection} from "../lib/forest/walkTrees.js";
import {type FeatureAxis, featureAxis} from "./featureAxis.js";
import {trafficType, trafficTypes} from "./palette.js";

const height = 34;

/**
 * A strip for each split of a path: the rows that come as far, placed by the split’s feature or weighted sum, those on
 * the row’s side in color over a shaded ground, those that leave it faint, the threshold as a line, the row as a ring.
 * The row is the first of the features.
 */
export function stepStrip(
  forest: Forest,
  {steps}: IsolationPath,
  features: Features,
  {type, width}: {type: (row: number) => number | undefined; width: number}
): {strips: SVGElement[]} {
  const {columns} = columnsOf(features, forest, true);
  let rows = Array.from(columns[0]!.keys());
  const strips = steps.map((step) => {
    const sums = rows.map((row) => projection(forest, step.node, columns, row));
    const isLeft = step.side === "left";
    const stays = sums.map((sum) => (isLeft ? sum <= step.threshold : sum > step.threshold));
    const all = columns[forest.features.indexOf(step.features[0]!)]!;
    const shape = step.features.length === 1 && step.categories === null ? all : sums;
    const axis = featureAxis(step.features[0]!, [...sums, step.threshold], shape);
    const strip = draw(step, rows, sums, stays, {axis, type, width});
    rows = rows.filter((row, i) => row === 0 || stays[i]);
    return strip;
  });
  return {strips};
}

function draw(
  step: IsolationStep,
  rows: readonly number[],
  sums: readonly number[],
  stays: readonly boolean[],
  {axis, type, width}: {axis: FeatureAxis; type: (row: number) => number | undefined; width: number}
): SVGElement {
  const {threshold, side, sum} = step;
  const x = (value: number) => 8 + axis.share(value) * (width - 16);
  const at = x(threshold);
  const dots = trafficTypes.flatMap(({color}, kind) =>
    [false, true].map((isStaying) => {
      const shown = rows.flatMap((row, i) =>
        row > 0 && stays[i] === isStaying && !Number.isNaN(sums[i]!) && trafficType(type(row)) === kind
          ? [dot(row, x(sums[i]!))]
          : []
      );
      return svg`<path d=${shown.join("")} stroke=${color} stroke-opacity=${isStaying ? 0.8 : 0.22} stroke-width="4.4" stroke-linecap="round"></path>`;
    })
  );
  const own = Number.isNaN(sum)
    ? null
    : svg`<circle cx=${x(sum)} cy=${height / 2} r="5.5" fill="none" stroke="var(--threshold)" stroke-width="2.5"></circle>`;
  return svg`<svg class="strip" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} aria-hidden="true">
    <rect x=${side === "left" ? 0 : at} y="1" width=${Math.max(0, side === "left" ? at : width - at)} height=${height - 2} fill="var(--score-low)" fill-opacity="0.55"></rect>
    ${dots}
    <line x1=${at} x2=${at} y1="0" y2=${height} stroke="var(--threshold)" stroke-width="1.5"></line>
    ${own}
  </svg>`;
}

// The height of a dot means nothing: it keeps rows with like values apart, the same for a row in every strip.
function dot(row: number, x: number): string {
  const y = 5 + ((row * 0.618033988749895) % 1) * (height - 10);
  return `M${x.toFixed(1)},${y.toFixed(1)}h0`;
}
