import {html} from "htl";
import {delongTest} from "../lib/evaluation/delong.js";
import {holm} from "../lib/evaluation/holm.js";
import {type Detector, pairsOf} from "./detector.js";
import {rankingWords} from "./rankingWords.js";

/** Which detectors rank better than which, pair by pair, with p-values adjusted where there are several pairs. */
export function rankingDifferences(detectors: readonly Detector[], label: Float64Array): HTMLElement {
  const pairs = pairsOf(detectors);
  if (pairs.length === 0) return html`<p>One detector alone has nothing to be compared with.</p>`;
  const tests = pairs.map(([first, second]) => delongTest(label, first.score, second.score));
  const adjusted = holm(tests.map(({pValue}) => pValue));
  const of = tests.filter(({pValue}) => !Number.isNaN(pValue)).length;
  const sentences = pairs.map(([first, second], i) =>
    rankingWords(shown(first), shown(second), tests[i]!, of > 1 ? {pValue: adjusted[i]!, of} : null)
  );
  if (sentences.length === 1) return html`<p class="ranking-words">${sentences[0]}</p>`;
  return html`<div><ul class="ranking-words">${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>
    <p class="small">With ${of} comparisons, chance has ${of} occasions to look like a difference. The second p-value is Holm’s, which allows for that, and decides what is said.</p></div>`;
}

function shown({letter, name}: Detector): string {
  return `${letter} (${name})`;
}
