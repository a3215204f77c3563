import * as Plot from "@observablehq/plot";
import {html} from "htl";
import {type InjectedRecall, injectedRecall} from "../lib/evaluation/injectedRecall.js";
import {formatCount, formatPercent} from "./format.js";
import type {InjectedRun} from "./injectedRuns.js";
import {palette} from "./palette.js";
import {saveChart} from "./saveChart.js";

/** The recall of injected rows of one kind at one strength. */
export interface InjectedCell extends InjectedRecall {
  readonly kind: string;
  readonly strength: number;
}

/**
 * Judges runs at the threshold that is right for their scores, each once: more runs keep coming while the others stay as
 * they are. Null where there is no threshold for them.
 */
export function injectionJudge(
  thresholdFor: (score: Float64Array) => number | null
): (run: InjectedRun) => InjectedCell | null {
  const known = new WeakMap<InjectedRun, InjectedCell | null>();
  const judge = ({injection: {kind, strength = 1}, label, score}: InjectedRun) => {
    const threshold = thresholdFor(score);
    return threshold === null ? null : {kind, strength, ...injectedRecall(label, score, threshold)};
  };
  return (run) => {
    const before = known.get(run);
    if (before !== undefined) return before;
    const cell = judge(run);
    known.set(run, cell);
    return cell;
  };
}

/**
 * The recall of injected rows by kind and strength, with 95 % intervals, beside the share of real rows that are flagged,
 * which is what chance would catch; under its title, in a card, to be saved under a name. Cells that are not known yet
 * stay empty.
 */
export function injectionChart(
  cells: readonly InjectedCell[],
  {title, name, kinds, strengths, width = 640}: ChartOptions & {title: string; name: string}
): HTMLElement {
  if (kinds.length === 0) return html`<div class="card"><h3>${title}</h3></div>`;
  const chart = rowsOfKinds(cells, {kinds, strengths, width: Math.min(width, 820)});
  return html`<div class="card"><h3>${title}</h3>
    <p>Share of injected rows that are flagged, with 95 % intervals. Dashed: the share of real rows that are flagged, which chance would catch of anything.</p>
    ${chart}${saveChart(chart, name)}
  </div>`;
}

interface ChartOptions {
  kinds: readonly string[];
  strengths: readonly number[];
  width?: number;
}

function rowsOfKinds(cells: readonly InjectedCell[], {kinds, strengths, width = 640}: ChartOptions): Element {
  const isNarrow = width < 520;
  const at = {x: "strength", fy: "kind"} as const;
  const label = {
    ...at,
    y: "recall",
    text: ({recall}: InjectedCell) => formatPercent(recall, 0),
    textAnchor: "start",
    dx: 8,
    stroke: "var(--theme-background)",
    strokeWidth: 4,
    fill: "var(--theme-foreground)"
  } as const;
  const isLow = ({recall, flagged, real}: InjectedCell) => Math.abs(recall - flagged / real) < 0.2;
  const ends = kinds.slice(0, isNarrow ? 0 : 1).flatMap((kind) => [0, 0.5, 1].map((share) => ({kind, share})));
  return Plot.plot({
    width,
    height: 60 + (isNarrow ? 86 : 60) * kinds.length,
    marginLeft: isNarrow ? 2 : 150,
    marginRight: 42,
    marginTop: isNarrow ? 22 : 10,
    marginBottom: 44,
    x: {
      type: "point",
      domain: strengths,
      padding: 0.4,
      label: `${isNarrow ? "strength" : "strength of the injected rows"}: 0 a copy of a real row, 1 as simulated →`,
      labelArrow: "none",
      labelAnchor: "center",
      tickSize: 0
    },
    y: {axis: null, domain: [0, 1]},
    fy: {axis: null, domain: kinds, padding: isNarrow ? 0.44 : 0.26},
    marks: [
      Plot.text(kinds, {
        fy: (kind: string) => kind,
        text: (kind: string) => kind,
        ...(isNarrow
          ? {frameAnchor: "top-left", dy: -22, fontWeight: 600}
          : {frameAnchor: "left", textAnchor: "end", dx: -10}),
        fontSize: 13
      }),
      Plot.text(ends, {
        fy: "kind",
        y: "share",
        frameAnchor: "right",
        textAnchor: "start",
        dx: 6,
        text: ({share}: {share: number}) => `${share * 100}\u00a0%`,
        fill: "var(--theme-foreground-muted)"
      }),
      Plot.gridY([0, 0.5, 1], {strokeOpacity: 1, stroke: "var(--theme-foreground-faintest)"}),
      Plot.line(cells, {
        ...at,
        y: shareOfReal,
        sort: "strength",
        stroke: "var(--theme-foreground-faint)",
        strokeDasharray: "2 3"
      }),
      Plot.line(cells, {...at, y: "recall", sort: "strength", stroke: palette.injected, strokeOpacity: 0.4}),
      Plot.text(cells, {...label, filter: (cell: InjectedCell) => !isLow(cell)}),
      Plot.text(cells, {...label, filter: isLow, dy: -9}),
      Plot.ruleX(cells, {
        ...at,
        y1: ({interval}: InjectedCell) => interval.lower,
        y2: ({interval}: InjectedCell) => interval.upper,
        stroke: palette.injected,
        strokeWidth: 2
      }),
      Plot.dot(cells, {
        ...at,
        y: "recall",
        r: 4,
        fill: "var(--theme-background)",
        stroke: palette.injected,
        strokeWidth: 2
      }),
      Plot.tip(cells, Plot.pointer({...at, y: "recall", title: wordsOf, fill: "var(--theme-background)"}))
    ]
  });
}

function shareOfReal({flagged, real}: InjectedCell): number {
  return flagged / real;
}

function wordsOf({kind, strength, caught, injected, interval, flagged, real}: InjectedCell): string {
  return `${kind}, injected at strength ${strength}
${formatCount(caught)} of ${formatCount(injected)} injected rows caught
95 % interval ${formatPercent(interval.lower, 0)} to ${formatPercent(interval.upper, 0)}
${formatPercent(flagged / real)} of the real rows flagged`;
}
