import {html} from "htl";
import {agreement, verdicts} from "../lib/evaluation/agreement.js";
import {type Detector, pairsOf} from "./detector.js";
import {formatCount, formatPercent} from "./format.js";
import {palette} from "./palette.js";

/**
 * How far the alerts of each pair of detectors agree: a bar of those that only the first, both and only the second flag,
 * how many of each are fake by the labels given, Jaccard’s share and Cohen’s κ.
 */
export function alertAgreement(detectors: readonly Detector[], label: Float64Array | null): HTMLElement {
  const flagged = new Map(detectors.map((detector) => [detector, verdicts(detector.score, detector.threshold)]));
  const pairs = pairsOf(detectors);
  if (pairs.length === 0) return html`<p>One detector alone has nothing to agree with.</p>`;
  const counted = pairs.map(([first, second]) => ({
    first,
    second,
    ...agreement(flagged.get(first)!, flagged.get(second)!, label)
  }));
  const widest = Math.max(1, ...counted.map(({both, onlyFirst, onlySecond}) => both + onlyFirst + onlySecond));
  return html`<div class="scroll"><table class="comparison agreement">
    <thead><tr><th scope="col">Pair</th><th scope="col" class="bar">Alerts<br><small>only the first, both, only the second</small></th>
      <th class="number" scope="col">Only<br>the first</th><th class="number" scope="col">Both</th><th class="number" scope="col">Only<br>the second</th><th class="number" scope="col">Neither</th>
      <th class="number" scope="col" title="Rows that both flag among those that either flags">Jaccard</th>
      <th class="number" scope="col" title="Cohen’s κ: agreement beyond what chance gives detectors with as many alerts; 1 is full">κ</th></tr></thead>
    <tbody>${counted.map(
      ({first, second, both, onlyFirst, onlySecond, neither, jaccard, kappa, fake, genuine}) => html`<tr>
        <th scope="row">${letter(first)} ${letter(second)}</th>
        <td class="bar">${bar(onlyFirst / widest, first.color)}${bar(both / widest, palette.muted)}${bar(onlySecond / widest, second.color)}</td>
        ${cell(onlyFirst, label && [fake.onlyFirst, genuine.onlyFirst])}
        ${cell(both, label && [fake.both, genuine.both])}
        ${cell(onlySecond, label && [fake.onlySecond, genuine.onlySecond])}
        ${cell(neither, label && [fake.neither, genuine.neither])}
        <td class="number">${formatPercent(jaccard)}</td>
        <td class="number">${Number.isNaN(kappa) ? "–" : kappa.toFixed(3).replace("-", "−")}</td></tr>`
    )}</tbody></table></div>`;
}

function letter({letter, color, name}: Detector): HTMLElement {
  return html`<span class="detector" title=${name}><b style=${{"--color": color}}>${letter}</b></span>`;
}

function bar(share: number, color: string): HTMLElement {
  return html`<i style=${{width: `${100 * share}%`, background: color}}></i>`;
}

function cell(count: number, labels: [fake: number, genuine: number] | null): HTMLElement {
  const [fake, genuine] = labels ?? [0, 0];
  const known = fake + genuine;
  const words = `${formatCount(fake)} fake${known < count ? ` of ${formatCount(known)} judged` : ""}`;
  return html`<td class="number">${formatCount(count)}${known === 0 ? null : html`<br><small>${words}</small>`}</td>`;
}
