import {html} from "htl";
import {describeRule} from "../lib/evaluation/threshold.js";
import type {NamedSummary} from "../lib/experiment.js";
import {formatCount, formatPercent} from "./format.js";

/** The experiments with their results, each a link to its notebook. */
export function experimentCards(summaries: readonly NamedSummary[]): HTMLElement {
  return html`<div class="grid grid-cols-2">${summaries.map((summary) => {
    const {name, title, description, rows, results, threshold} = summary;
    return html`<a class="card experiment" href=${`./${encodeURIComponent(name)}/`}>
      <h3>${title}</h3>
      <p>${description}</p>
      <dl>
        ${term("rows", formatCount(rows.kept))}${resultsOf(results)}${term("threshold", describeRule(threshold.rule))}
      </dl>
    </a>`;
  })}</div>`;
}

function term(name: string, value: string): Node {
  return html`<div><dd>${value}</dd><dt>${name}</dt></div>`;
}

function resultsOf({flagged, auc, confusion}: NamedSummary["results"]): Node[] {
  const alerts = term("flagged", formatCount(flagged));
  if (confusion === null) return [alerts, term("labels", "none")];
  const {tp, fp, fn} = confusion;
  return [
    term("fake", formatCount(tp + fn)),
    term("area under ROC", auc === null ? "–" : auc.toFixed(3)),
    alerts,
    term("precision", formatPercent(tp / (tp + fp))),
    term("recall", formatPercent(tp / (tp + fn)))
  ];
}
