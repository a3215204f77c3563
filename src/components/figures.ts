import {html} from "htl";

/** Numbers that matter, side by side, each with what it counts; an optional color ties one to a chart. */
export function figures(items: readonly {value: string; label: string; color?: string}[]): HTMLElement {
  return html`<div class="figures">${items.map(
    ({value, label, color}) =>
      html`<div style=${color ? {borderColor: color} : {}}><strong>${value}</strong><span>${label}</span></div>`
  )}</div>`;
}
