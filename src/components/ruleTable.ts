import {html} from "htl";
import {syntaxOf, thresholdRules} from "../lib/evaluation/thresholdRules.js";

const needed = {nothing: "nothing", time: "times", labels: "labels"} as const;

/** Every rule for a threshold: its name, how it is spelled, what it needs besides scores, and what it does. */
export function ruleTable(): HTMLElement {
  return html`<div class="scroll"><table class="wide">
    <thead><tr><th>Rule</th><th>Spelled</th><th>Needs</th><th>Threshold</th></tr></thead>
    <tbody>${thresholdRules.map(
      (declaration) => html`<tr>
        <th scope="row">${declaration.name}</th>
        <td><code>${syntaxOf(declaration)}</code></td>
        <td>${needed[declaration.needs]}</td>
        <td>${declaration.meaning}${declaration.source ? html` <span class="muted small">${declaration.source}.</span>` : null}</td>
      </tr>`
    )}</tbody>
  </table></div>` as HTMLElement;
}
