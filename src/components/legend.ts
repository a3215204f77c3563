import {html} from "htl";
import {trafficTypes} from "./palette.js";

/** The colors of genuine, fake and, where there are such rows, unknown traffic, with their counts. */
export function trafficLegend(label: Float64Array | null): HTMLElement {
  const counts = [0, 0, 0];
  for (const value of label ?? []) counts[value === 0 ? 0 : value === 1 ? 1 : 2]!++;
  const types = trafficTypes.filter((_, i) => counts[i]! > 0);
  return html`<div class="legend">${types.map(
    ({name, color}) => html`<span style=${{"--color": color}}>${name}</span>`
  )}</div>`;
}
