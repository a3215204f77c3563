import {html} from "htl";
import type {Kind} from "../lib/traffic/scenarios/scenario.js";
import {trafficType, trafficTypes} from "./palette.js";

/** The kinds of traffic of a scenario, genuine first, with what each does. */
export function kindTable(kinds: readonly Kind[]): HTMLElement {
  const sorted = [...kinds].sort((a, b) => Number(a.fake) - Number(b.fake));
  return html`<div class="scroll"><table class="wide">
    <thead><tr><th>Kind</th><th>Label</th><th>What it does</th></tr></thead>
    <tbody>${sorted.map(({kind, fake, meaning}) => {
      const {short} = trafficTypes[trafficType(Number(fake))]!;
      return html`<tr><td>${kind}</td><td class=${short}>${short}</td><td>${meaning}</td></tr>`;
    })}</tbody>
  </table></div>`;
}
