import {html} from "htl";
import type {ConfusionMatrix} from "../lib/evaluation/confusionMatrix.js";
import {consequences, proportion} from "../lib/evaluation/consequences.js";
import type {Estimate} from "../lib/evaluation/interval.js";
import {percent} from "../lib/evaluation/wording.js";
import {figures} from "./figures.js";
import {formatCount, formatCounted, formatPercent} from "./format.js";
import {palette} from "./palette.js";
import type {PointSettings} from "./pointSettings.js";

/** What a threshold does to the rows that are shown. */
export interface Point {
  readonly matrix: ConfusionMatrix;
  /** Rows above the threshold, labelled or not, of so many. */
  readonly flagged: number;
  readonly rows: number;
  /** Days that the rows span; NaN where they have no times. */
  readonly days: number;
  readonly labelled: boolean;
}

/**
 * What a threshold does, in a person’s terms: how many alerts a day, how many of a hundred are real, how many fakes are
 * missed, what it costs, each with its 95 % interval; and the accuracy, never without the no-information rate.
 */
export function operatingPoint(
  {matrix, flagged, rows, days, labelled}: Point,
  {prevalence, costs}: PointSettings
): HTMLElement {
  const pace = days >= 1 ? formatPace(flagged / days) : null;
  const period = Number.isNaN(days) ? "" : `, in ${formatDays(days)}`;
  const share = formatPercent(rows === 0 ? Number.NaN : flagged / rows);
  const alerts = {
    value: pace ?? formatCount(flagged),
    label: `${pace === null ? "" : "alerts a day: "}${formatCount(flagged)} of ${formatCounted(rows, "row")} flagged, ${share}${period}`
  };
  if (!labelled) return figures([alerts]);
  const {tp, fp, fn, tn} = matrix;
  const n = tp + fp + fn + tn;
  const {precision, missed, falseAlarms, cost} = consequences(matrix, {prevalence: prevalence ?? undefined, costs});
  const elsewhere = prevalence === null ? "" : ` where ${percent(prevalence)} of rows are fake`;
  return html`<div>${figures([
    alerts,
    {
      value: ofHundred(precision),
      label: `of 100 alerts are real (precision)${elsewhere}, ${interval(precision)}`,
      color: palette.fake
    },
    {
      value: ofHundred(missed),
      label: `of 100 fakes are missed, ${interval(missed)}; recall ${formatPercent(1 - missed.estimate)}, ${formatCount(tp)} of ${formatCount(tp + fn)}`,
      color: palette.fake
    },
    {
      value: formatPercent(falseAlarms.estimate, 2),
      label: `of genuine rows are flagged, ${formatCount(fp)} of ${formatCount(fp + tn)}, 95 % interval ${formatBound(falseAlarms.lower)}–${formatBound(falseAlarms.upper)}`,
      color: palette.genuine
    },
    {
      value: formatCost(cost.perRow * 1000),
      label: `is what 1,000 rows cost; ${formatCost(cost.flagNothing * 1000)} if nothing were flagged, ${formatCost(cost.flagEverything * 1000)} if everything`
    },
    {
      value: formatPercent((tp + tn) / n),
      label: `accuracy on these rows, ${interval(proportion(tp + tn, n))}; ${formatPercent(Math.max(tp + fn, fp + tn) / n)} without looking`
    }
  ])}</div>` as HTMLElement;
}

/** The operating point in one line, for the bar at the foot of the page. */
export function describePoint({matrix: {tp, fp, fn, threshold}, flagged, labelled}: Point): string {
  const point = `${threshold.toFixed(3)} · ${formatCount(flagged)} flagged`;
  if (!labelled) return point;
  return `${point} · precision ${formatPercent(tp / (tp + fp), 0)} · recall ${formatPercent(tp / (tp + fn), 0)}`;
}

function formatPace(perDay: number): string {
  return perDay >= 100 ? formatCount(Math.round(perDay)) : perDay >= 10 ? perDay.toFixed(0) : perDay.toFixed(1);
}

function formatDays(days: number): string {
  if (days < 1 / 12) return `${(days * 1440).toFixed(0)} minutes`;
  if (days < 1) return `${(days * 24).toFixed(1)} hours`;
  return days < 10 ? `${days.toFixed(1)} days` : `${formatCount(Math.round(days))} days`;
}

function formatCost(cost: number): string {
  if (Number.isNaN(cost)) return "–";
  return cost >= 100 ? formatCount(Math.round(cost)) : Number(cost.toPrecision(3)).toString();
}

// A whole number of a hundred, but never 0 or 100 for what is neither.
function ofHundred({estimate}: Estimate): string {
  if (Number.isNaN(estimate)) return "–";
  const value = estimate * 100;
  if (value > 0 && value < 1) return "below 1";
  return value < 100 && value > 99 ? "over 99" : `${Math.round(value)}`;
}

// A bound in per cent, with a decimal where a whole number would say never or always.
function formatBound(bound: number): string {
  const value = bound * 100;
  return (value > 0 && value < 2) || (value > 98 && value < 100) ? value.toFixed(1) : `${Math.round(value)}`;
}

function interval({lower, upper}: Estimate): string {
  if (Number.isNaN(lower)) return "undefined";
  return `95 % interval ${formatBound(lower)}–${formatBound(upper)}`;
}
