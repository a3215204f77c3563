import {html} from "htl";
import {clopperPearson, type Interval} from "../lib/evaluation/interval.js";
import type {Categories} from "../lib/traffic/table.js";
import {formatCount, formatCounted, formatPercent} from "./format.js";
import type {InjectedCell} from "./injectionChart.js";

/** The real fakes of one kind, and how many are flagged. */
export interface RealRecall {
  readonly kind: string;
  readonly fakes: number;
  readonly caught: number;
}

/** Recall of the rows labelled fake, of each kind where kinds are known, those of most rows first; all together last. */
export function realRecall(
  label: Float64Array,
  score: Float64Array,
  {threshold, kind}: {threshold: number; kind: Categories | null}
): RealRecall[] {
  const counts = new Map<string, {fakes: number; caught: number}>();
  const all = {fakes: 0, caught: 0};
  for (let row = 0; row < label.length; ++row) {
    if (label[row] !== 1) continue;
    const name = kind?.values[kind.codes[row]!];
    const own = name === undefined ? undefined : (counts.get(name) ?? {fakes: 0, caught: 0});
    if (name !== undefined) counts.set(name, own!);
    for (const count of own ? [own, all] : [all]) {
      ++count.fakes;
      if (score[row]! > threshold) ++count.caught;
    }
  }
  const kinds = Array.from(counts, ([kind, count]) => ({kind, ...count})).sort((a, b) => b.fakes - a.fakes);
  return [...kinds, {kind: "all fakes", ...all}];
}

/**
 * Recall of injected fakes at full strength beside that of the fakes that labels tell of: how far to trust the former. It
 * stays folded until asked for, and is nothing where no fake is known. Says so where only half of the labels are used,
 * the threshold having been chosen by the others.
 */
export function injectedAgainstReal(
  cells: readonly InjectedCell[],
  real: readonly RealRecall[],
  {kinds, isHalf}: {kinds: readonly string[]; isHalf: boolean}
): Node {
  const all = real.at(-1);
  if (all === undefined || all.fakes === 0) return document.createTextNode("");
  const full = new Map(cells.flatMap((cell) => (cell.strength === 1 ? [[cell.kind, cell] as const] : [])));
  const half = isHalf
    ? " The rule has chosen the threshold by the labels of one half of the rows; these fakes are of the other half."
    : "";
  const own = new Set(real.map(({kind}) => kind));
  const injectedOnly = kinds.filter((kind) => full.has(kind) && !own.has(kind));
  return html`<details><summary>These rows have labels: hold injected recall against the real</summary>
  <p>Of ${formatCounted(all.fakes, "fake")} that the labels know, ${formatPercent(all.caught / all.fakes)} are caught at this threshold.${half} ${differenceWords(real, full)}</p>
  <div class="scroll"><table>
    <thead><tr><th>Kind</th><th class="number">Injected, simulated</th><th class="number">Real, by the labels</th></tr></thead>
    <tbody>${[...real, ...injectedOnly.map((kind) => ({kind, fakes: 0, caught: 0}))].map(({kind, fakes, caught}) => {
      const cell = full.get(kind);
      return html`<tr><td>${kind}</td>
        <td class="number">${cell === undefined ? "–" : recall(cell.caught, cell.injected, cell.interval)}</td>
        <td class="number">${fakes === 0 ? "–" : recall(caught, fakes, clopperPearson(caught, fakes))}</td></tr>`;
    })}</tbody>
  </table></div></details>`;
}

/** How far injected recall is from the real, over the kinds that have both. */
export function differenceWords(
  real: readonly RealRecall[],
  injected: ReadonlyMap<string, Pick<InjectedCell, "recall">>
): string {
  const both = real.filter(({kind}) => injected.has(kind));
  if (both.length === 0) {
    return "No injected kind is among them by name, so only the whole can be compared: what is injected is a guess at what they do.";
  }
  const most = Math.max(...both.map(({kind, fakes, caught}) => Math.abs(injected.get(kind)!.recall - caught / fakes)));
  const points = formatCounted(Math.round(most * 100), "point");
  return both.length === 1
    ? `For the one kind that both have, injected and real recall are ${points} apart.`
    : `Over the ${both.length} kinds that both have, injected and real recall are at most ${points} apart. Where they differ, the real fakes do something else than what was injected, or are more.`;
}

function recall(caught: number, all: number, {lower, upper}: Interval): string {
  return `${formatPercent(caught / all, 0)} of ${formatCount(all)} (${formatPercent(lower, 0)} to ${formatPercent(upper, 0)})`;
}
