import {html} from "htl";
import type {Metric} from "../lib/evaluation/metrics.js";

/** An arrow for which way a metric is better, said in words to those who do not see it; nothing where neither is. */
export function directionMark(direction: Metric["direction"]): HTMLElement | null {
  if (direction === "neither") return null;
  return html`<span class="muted" role="img" aria-label=${`, ${direction} is better`}> ${direction === "higher" ? "↑" : "↓"}</span>`;
}
