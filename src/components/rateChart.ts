import * as Plot from "@observablehq/plot";
import {type GroupRate, groupRates} from "../lib/evaluation/groupRates.js";
import {describeColumn} from "../lib/traffic/schema.js";
import {isNumbers, type Table} from "../lib/traffic/table.js";
import {formatCount, formatCounted, formatPercent} from "./format.js";
import type {Grouping} from "./groupTable.js";
import {palette} from "./palette.js";

/** A group with its name. */
export interface NamedRate extends GroupRate {
  readonly name: string;
}

/** Rows of one label by group, how often they are flagged, and what that says. */
export interface Rates {
  readonly of: 0 | 1;
  readonly groups: readonly NamedRate[];
  /** How often all of them are flagged. */
  readonly rate: number;
  /** Groups beyond those that are shown, and how many of their rows are flagged. */
  readonly omitted: {readonly groups: number; readonly flagged: number; readonly rows: number};
  readonly title: string;
}

/**
 * How often fakes (1) or genuine rows (0) are flagged, by hour, weekday, country or kind. Hours and weekdays all stand in
 * their own order, others by rate, worst first; of more than `most` of these, those with the most errors are kept, then
 * the largest.
 */
export function ratesBy(
  table: Table,
  score: Float64Array,
  label: Float64Array,
  {by, of, threshold, most = 16}: {by: Grouping; of: 0 | 1; threshold: number; most?: number}
): Rates {
  const column = table.columns[by]!;
  const nameOf = isNumbers(column)
    ? (code: number) => (code < 0 ? "unknown" : `${code}`)
    : (code: number) => column.values[code] ?? "unknown";
  const all = groupRates(isNumbers(column) ? column : column.codes, label, score, {of, threshold});
  const worse = of === 1 ? 1 : -1;
  const errors = ({flagged, rows}: GroupRate) => (of === 1 ? rows - flagged : flagged);
  const inOrder = by === "hour" || by === "day_of_week";
  const telling = [...all]
    .sort((a, b) => errors(b) - errors(a) || b.rows - a.rows || a.group - b.group)
    .slice(0, inOrder ? all.length : most);
  const groups = [...telling]
    .sort((a, b) => (inOrder ? 0 : worse * (a.rate - b.rate)) || a.group - b.group)
    .map((group) => ({...group, name: nameOf(group.group)}));
  const sum = (value: (group: GroupRate) => number) => all.reduce((total, group) => total + value(group), 0);
  const rate = sum(({flagged}) => flagged) / sum(({rows}) => rows);
  const rest = (value: (group: GroupRate) => number) =>
    sum(value) - groups.reduce((total, group) => total + value(group), 0);
  const omitted = {
    groups: all.length - groups.length,
    flagged: rest(({flagged}) => flagged),
    rows: rest(({rows}) => rows)
  };
  return {of, groups, rate, omitted, title: titleOf(groups, {by, of})};
}

const mostLetters = 19;

/** Rates with their 95 % intervals, and that of all groups as a line. Groups that fare worse beyond chance are set off. */
export function rateChart({of, groups, rate, omitted}: Rates, {width = 420}: {width?: number} = {}): HTMLElement {
  const color = of === 1 ? palette.fake : palette.genuine;
  const left = Math.min(146, 16 + 7 * Math.max(4, ...groups.map(({name}) => Math.min(name.length, mostLetters))));
  const right = 84;
  const farthest = Math.max(0.02, ...groups.map(({upper}) => upper));
  const plot = Plot.plot({
    width,
    height: 64 + Math.max(1, groups.length) * 21,
    marginLeft: left,
    marginRight: right,
    marginTop: 30,
    marginBottom: 34,
    x: {
      domain: [0, of === 1 ? 1 : Math.min(1, farthest * 1.04)],
      label: of === 1 ? "caught →" : "flagged for nothing →",
      labelArrow: "none",
      ticks: Math.max(2, Math.floor((width - left - right) / 64)),
      tickFormat: (share: number) => `${Number((share * 100).toFixed(1))} %`,
      grid: true
    },
    y: {domain: groups.map(({name}) => name), label: null, tickSize: 0, tickFormat: (name: string) => cut(name)},
    marks: [
      Plot.ruleX([rate], {stroke: palette.muted, strokeDasharray: "2 3"}),
      Plot.text([rate], {
        x: (x: number) => x,
        text: () => `all ${formatPercent(rate)}`,
        frameAnchor: "top",
        dy: -14,
        fill: palette.muted
      }),
      Plot.ruleY(groups, {y: "name", x1: "lower", x2: "upper", stroke: color, strokeOpacity: 0.45, strokeWidth: 4}),
      Plot.dot(groups, {
        y: "name",
        x: "rate",
        r: 5,
        fill: (group: NamedRate) => (isWorse(group, of) ? color : "var(--theme-background)"),
        stroke: color,
        strokeWidth: 2,
        tip: {fill: "var(--theme-background)"},
        title: (group: NamedRate) => describe(group, of)
      }),
      Plot.text(groups, {
        y: "name",
        frameAnchor: "right",
        textAnchor: "start",
        dx: 8,
        fill: palette.muted,
        text: ({flagged, rows}: NamedRate) => `${formatCount(flagged)} of ${formatCount(rows)}`
      })
    ]
  });
  const element = document.createElement("div");
  element.append(plot);
  if (omitted.groups > 0) {
    const note = document.createElement("p");
    note.className = "small muted";
    note.textContent = `${formatCounted(omitted.groups, "other group")}: ${formatCount(omitted.flagged)} of ${formatCounted(omitted.rows, "row")} flagged.`;
    element.append(note);
  }
  return element;
}

function titleOf(groups: readonly NamedRate[], {by, of}: {by: Grouping; of: 0 | 1}): string {
  const what = describeColumn(by).title.toLowerCase();
  const worse = groups.filter((group) => isWorse(group, of));
  if (groups.length === 0) return of === 1 ? "no fake is labelled" : "no genuine row is labelled";
  if (worse.length === 0) {
    return of === 1 ? `no ${what} is missed more than the others` : `no ${what} is punished more than the others`;
  }
  const worst = worse.reduce((a, b) => ((of === 1 ? a.rate <= b.rate : a.rate >= b.rate) ? a : b));
  const more = worse.length > 1 ? `, and ${worse.length - 1} more` : "";
  return of === 1
    ? `missed more than the others: ${cut(worst.name)} (${formatPercent(worst.rate, 0)} caught)${more}`
    : `punished more than the others: ${cut(worst.name)} (${formatPercent(worst.rate)} flagged)${more}`;
}

function isWorse({differs}: NamedRate, of: 0 | 1): boolean {
  return differs === (of === 1 ? "less" : "more");
}

function describe({name, flagged, rows, rate, lower, upper, differs}: NamedRate, of: 0 | 1): string {
  const interval = `95 % interval ${formatPercent(lower)} to ${formatPercent(upper)}`;
  const words = `${formatCount(flagged)} of ${formatCounted(rows, of === 1 ? "fake" : "genuine row")} flagged, ${formatPercent(rate)}`;
  return `${name}\n${words}\n${interval}${differs === null ? "" : `\n${differs} often than the others, beyond chance`}`;
}

function cut(name: string): string {
  return name.length > mostLetters ? `${name.slice(0, mostLetters - 1)}…` : name;
}
