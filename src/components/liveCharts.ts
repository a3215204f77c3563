import * as Plot from "@observablehq/plot";
import type {Minute, WatchState} from "../lib/live/liveState.js";
import {formatCount, formatCounted, formatScore, formatTick} from "./format.js";
import {formatMoment} from "./liveTime.js";
import {recordNoun} from "./liveWords.js";
import {palette} from "./palette.js";

interface Drawing {
  title: string;
  plot: Element;
}

interface Size {
  width: number;
  height: number;
}

/** Requests or flows of each minute; the last, unfinished one is pale. */
export function recordsChart({minutes: all, rows}: WatchState, size: Size): Drawing {
  const minutes = sinceFirst(all);
  const noun = recordNoun(rows);
  const highest = minutes.reduce<Minute | null>(
    (most, minute) => (most !== null && most.records >= minute.records ? most : minute),
    null
  );
  const name = noun === "flow" ? "Flows" : noun === "request" ? "Requests" : "Records";
  const peak = highest === null || highest.records === 0 ? "" : `: at most ${formatCount(highest.records)}`;
  return {
    title: `${name} a minute${peak}`,
    plot: barsOf(minutes, size, {value: ({records}) => records, noun, color: palette.genuine})
  };
}

/** Alerts of each minute. */
export function alertsChart({minutes: all, alerts, model}: WatchState, size: Size): Drawing {
  const minutes = sinceFirst(all);
  return {
    title: alertsTitle(alerts.lastHour, model.budget),
    plot: barsOf(minutes, size, {value: (minute) => minute.alerts, noun: "alert", color: palette.fake, least: 3})
  };
}

/**
 * How the scores of each minute lie around the threshold: the darker, the more rows; above the line rows are alerts. Scores
 * are known in twentieths, so that the part with the line in it is neither.
 */
export function scoresChart({minutes: all, model}: WatchState, {width, height}: Size): Drawing {
  const minutes = sinceFirst(all);
  const {threshold} = model;
  const cells = minutes.flatMap((minute) =>
    minute.scores.flatMap((count, bin) =>
      count === 0
        ? []
        : [{...spanOf(minute), count, low: bin / minute.scores.length, high: (bin + 1) / minute.scores.length}]
    )
  );
  const low = cells.reduce((least, cell) => Math.min(least, cell.low), threshold === null ? 0.4 : threshold - 0.1);
  const high = cells.reduce((most, cell) => Math.max(most, cell.high), threshold === null ? 0.7 : threshold + 0.1);
  const most = cells.reduce((greatest, {count}) => Math.max(greatest, count), 1);
  const plot = Plot.plot({
    ...frame,
    width,
    height,
    x: timeAxis(minutes, width),
    y: {
      domain: [Math.max(0, low), Math.min(1, high)],
      label: "score, higher is more anomalous",
      labelArrow: "none",
      ticks: 4
    },
    opacity: {type: "log", domain: [1, Math.max(2, most)], range: [0.25, 1]},
    marks: [
      Plot.rect(cells, {
        x1: "from",
        x2: "to",
        y1: "low",
        y2: "high",
        fill: ({low}) => (threshold !== null && low >= threshold ? palette.fake : palette.genuine),
        fillOpacity: "count",
        inset: 0.5,
        tip: {fill: "var(--theme-background)"},
        title: ({from, count, low, high}) =>
          `${clockOf(from.getTime())}\nscores ${low.toFixed(2)} to ${high.toFixed(2)}\n${formatCounted(count, "row")}`
      }),
      threshold === null
        ? null
        : [
            Plot.ruleY([threshold], {stroke: "var(--threshold)", strokeWidth: 1.5}),
            Plot.text([threshold], {
              y: (y) => y,
              frameAnchor: "left",
              textAnchor: "start",
              dx: 4,
              dy: -7,
              text: (y) => `threshold ${formatScore(y)}`,
              fill: "var(--threshold)",
              stroke: "var(--theme-background)",
              strokeWidth: 4,
              fontWeight: 600
            })
          ]
    ]
  });
  return {title: scoresTitle(minutes, threshold), plot};
}

function scoresTitle(minutes: readonly Minute[], threshold: number | null): string {
  const scored = minutes.reduce((sum, minute) => sum + minute.scored, 0);
  if (threshold === null || scored === 0) return "Scores: nothing is judged yet";
  return "Scores: above the line are alerts now";
}

function alertsTitle(lastHour: number, budget: number | null): string {
  return `Alerts: ${formatCount(lastHour)} in the last hour${budget === null ? "" : `, budget ${formatCount(budget)}`}`;
}

function barsOf(
  minutes: readonly Minute[],
  {width, height}: Size,
  {value, noun, color, least = 1}: {value: (minute: Minute) => number; noun: string; color: string; least?: number}
): Element {
  const bars = minutes.map((minute, i) => ({
    ...spanOf(minute),
    count: value(minute),
    isLast: i === minutes.length - 1
  }));
  const most = bars.reduce((highest, {count}) => Math.max(highest, count), least);
  return Plot.plot({
    ...frame,
    width,
    height,
    x: timeAxis(minutes, width),
    y: {
      domain: [0, most],
      nice: true,
      label: `${noun}s a minute`,
      labelArrow: "none",
      ticks: Math.min(4, most),
      tickFormat: formatTick
    },
    marks: [
      Plot.rectY(bars, {
        x1: "from",
        x2: "to",
        y: "count",
        fill: color,
        fillOpacity: ({isLast}) => (isLast ? 0.5 : 1),
        insetLeft: 0.5,
        insetRight: 0.5,
        tip: {fill: "var(--theme-background)"},
        title: ({from, count}) => `${clockOf(from.getTime())}\n${formatCounted(count, noun)}`
      }),
      Plot.ruleY([0], {stroke: "var(--theme-foreground-fainter)"})
    ]
  });
}

const frame = {marginTop: 24, marginLeft: 40, marginRight: 8, marginBottom: 24};

const minuteLength = 60_000;

/** Without the minutes before the first that had records. */
function sinceFirst(minutes: readonly Minute[]): readonly Minute[] {
  const first = minutes.findIndex(({records}) => records > 0);
  return first <= 0 ? minutes : minutes.slice(first);
}

function spanOf({time}: Minute): {from: Date; to: Date} {
  return {from: new Date(time), to: new Date(time + minuteLength)};
}

// At least a quarter of an hour, so that the first minutes are not as broad as the page.
function timeAxis(minutes: readonly Minute[], width: number) {
  const to = (minutes.at(-1)?.time ?? 0) + minuteLength;
  const from = Math.min(minutes[0]?.time ?? 0, to - 15 * minuteLength);
  return {
    type: "utc" as const,
    domain: [new Date(from), new Date(to)],
    label: null,
    ticks: Math.max(3, Math.floor(width / 90)),
    tickFormat: (time: Date) => clockOf(time.getTime())
  };
}

function clockOf(time: number): string {
  return formatMoment(time, time).slice(0, 5);
}
