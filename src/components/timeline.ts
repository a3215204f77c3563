import * as Plot from "@observablehq/plot";
import {brushX} from "d3-brush";
import {select} from "d3-selection";
import {html} from "htl";
import {rememberInAddress, setParameter} from "./address.js";
import {formatCount, formatCounted} from "./format.js";
import {trafficTypes} from "./palette.js";
import {type StackedBin, stackedBins} from "./stackedBins.js";

/** A span of time in UTC milliseconds, from (included) to (excluded). */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/**
 * Rows over time, stacked by traffic type. Dragging over it, or setting its two moments, selects a period, its value;
 * null stands for all of the time. The period is kept in the address.
 */
export function timeline(
  timestamp: Float64Array,
  label: Float64Array | null,
  {width = 640, height = 180}: {width?: number; height?: number} = {}
): HTMLElement & {value: Period | null} {
  const [start, end] = extent(timestamp);
  const bins = Math.max(12, Math.min(168, Math.floor(width / 6)));
  const bars = stackedBins(timestamp, label, {low: start, high: end, bins});
  if (bars.length === 0) {
    return Object.assign(
      html`<p class="muted">No row says when it came, so there is no time to look at.</p>` as HTMLElement,
      {
        value: null
      }
    );
  }
  const plot = Plot.plot({
    width,
    height,
    marginLeft: 46,
    marginRight: 10,
    marginBottom: 28,
    x: {
      type: "utc",
      domain: [new Date(start), new Date(end)],
      label: null,
      ticks: Math.max(3, Math.floor(width / 110)),
      tickFormat: tickFormat(end - start)
    },
    y: {label: "rows", labelArrow: "none", ticks: 3, nice: true},
    marks: [
      Plot.rectY(bars, {
        x1: (bar: StackedBin) => new Date(bar.x1),
        x2: (bar: StackedBin) => new Date(bar.x2),
        y1: "y1",
        y2: "y2",
        fill: (bar: StackedBin) => trafficTypes[bar.type]!.color,
        insetLeft: 0.5
      }),
      Plot.ruleY([0], {stroke: "var(--theme-foreground-fainter)"})
    ]
  });
  const x = plot.scale("x")!;
  const [left, right] = x.range as [number, number];
  const moment = (name: string) =>
    html`<input type="datetime-local" step="1" aria-label=${`${name} (UTC)`} min=${local(start)} max=${local(end)}>` as HTMLInputElement;
  const from = moment("From");
  const to = moment("To");
  const all = html`<button type="button">all of the time</button>` as HTMLButtonElement;
  const words = html`<span class="muted"></span>`;
  const element = Object.assign(
    html`<div class="timeline">${plot}<div class="period">${from} to ${to} UTC ${all} ${words}</div></div>` as HTMLElement,
    {value: rememberedPeriod(start, end)}
  );

  const brush = brushX<unknown>().extent([
    [left, 0],
    [right, height - 28]
  ]);
  const group = select(plot as unknown as SVGSVGElement).append("g");
  const show = () => {
    const {from: a, to: b} = element.value ?? {from: start, to: end};
    from.value = local(a);
    to.value = local(b);
    all.disabled = element.value === null;
    words.textContent = `${formatCount(countWithin(timestamp, element.value))} of ${formatCounted(timestamp.length, "row")}`;
  };
  const choose = (period: Period | null) => {
    element.value = period;
    rememberPeriod(period);
    show();
    element.dispatchEvent(new Event("input", {bubbles: true}));
  };
  brush.on("end", ({selection, sourceEvent}) => {
    if (!sourceEvent) return;
    const span = selection as [number, number] | null;
    choose(span && {from: Number(x.invert!(span[0])), to: Number(x.invert!(span[1]))});
  });
  const move = ({from, to}: Period) => {
    group.call(brush.move, [x.apply(Math.max(from, start)), x.apply(Math.min(to, end))]);
  };
  group.call(brush);
  if (element.value !== null) move(element.value);
  all.addEventListener("click", () => {
    group.call(brush.move, null);
    choose(null);
  });
  for (const input of [from, to]) {
    input.addEventListener("input", (event) => event.stopPropagation());
    input.addEventListener("change", (event) => {
      event.stopPropagation();
      const period = {from: utc(from.value), to: utc(to.value)};
      if (!(period.from < period.to)) return;
      move(period);
      choose(period);
    });
  }
  show();
  return element;
}

/** The indexes of the rows within a period; all of them for null. */
export function rowsWithin(timestamp: Float64Array, period: Period | null): Uint32Array {
  const rows = new Uint32Array(countWithin(timestamp, period));
  let n = 0;
  for (let row = 0; row < timestamp.length; ++row) if (isWithin(timestamp[row]!, period)) rows[n++] = row;
  return rows;
}

// A period that misses the data altogether is none.
function rememberedPeriod(start: number, end: number): Period | null {
  const [from = "", to = ""] = (new URLSearchParams(location.search).get("period") ?? "").split("/");
  const period = {from: Date.parse(from), to: Date.parse(to)};
  return period.from < period.to && period.from < end && period.to > start ? period : null;
}

function rememberPeriod(period: Period | null): void {
  const text = period === null ? null : `${iso(period.from)}/${iso(period.to)}`;
  rememberInAddress("period", (query) => setParameter(query, "period", text));
}

// Days for long spans, hours and minutes or seconds for short ones; Plot’s own would say AM and PM.
function tickFormat(span: number): (time: Date) => string {
  const two = (n: number) => `${n}`.padStart(2, "0");
  const clock = (time: Date) => `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}`;
  const date = (time: Date) => time.toLocaleDateString("en-GB", {day: "numeric", month: "short", timeZone: "UTC"});
  if (span < 10 * 60_000) return (time) => `${clock(time)}:${two(time.getUTCSeconds())}`;
  if (span < 36 * 3_600_000) return clock;
  return (time) => (time.getUTCHours() === 0 && time.getUTCMinutes() === 0 ? date(time) : clock(time));
}

function isWithin(time: number, period: Period | null): boolean {
  return period === null || (time >= period.from && time < period.to);
}

function countWithin(timestamp: Float64Array, period: Period | null): number {
  let count = 0;
  for (const time of timestamp) if (isWithin(time, period)) ++count;
  return count;
}

function extent(timestamp: Float64Array): [number, number] {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const time of timestamp) {
    if (time < start) start = time;
    if (time > end) end = time;
  }
  return start <= end ? [start, end + 1000] : [0, 1000];
}

// A datetime-local field knows no zone; here it always stands for UTC.
function local(time: number): string {
  return iso(time).slice(0, 19);
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function utc(text: string): number {
  return Date.parse(`${text}Z`);
}
