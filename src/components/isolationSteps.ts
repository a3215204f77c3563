import {html} from "htl";
import type {Features} from "../lib/forest/features.js";
import type {Forest} from "../lib/forest/forest.js";
import {isolationPath} from "../lib/forest/isolationPath.js";
import {isDepth} from "../lib/forest/parameters.js";
import {takeFeatures} from "../lib/forest/takeFeatures.js";
import {treeDepths} from "../lib/forest/treeDepths.js";
import {type TreeValues, treeValues} from "../lib/forest/treeValues.js";
import {inTurns} from "../lib/inTurns.js";
import {valueAt} from "../lib/traffic/table.js";
import {depthPlot, runningMeans} from "./depthPlot.js";
import {formatCount, formatScore} from "./format.js";
import {pageTurns} from "./pageTurns.js";
import {stepStrip} from "./stepStrip.js";
import {describeLeaf, describeStep} from "./stepWords.js";
import type {WithThreshold} from "./thresholdMark.js";

const stepMilliseconds = 1100;

/**
 * One row and the trees that isolate it: the reader picks a row, an alert or any other, and walks through the splits of a
 * tree, each as a sentence and as the rows that it parts, or lets the trees play; below, how the mean over the trees
 * settles, beside that of the average row. It is the mean that the score counts, or of depths where it counts no splits.
 */
export function isolationSteps(
  forest: Forest,
  features: Features,
  score: Float64Array,
  {
    label,
    width,
    nameOf = (row) => `row ${row + 1}`
  }: {label: Float64Array | null; width: number; nameOf?: (row: number) => string}
): WithThreshold {
  const trees = forest.root.length - 1;
  const rows = score.length;
  if (rows === 0) {
    return Object.assign(html`<div class="card"><h3>There is no row to isolate</h3></div>`, {at: () => {}});
  }
  const order = Uint32Array.from(score, (_, row) => row).sort((a, b) => score[b]! - score[a]! || a - b);
  const others = evenly(rows, 400);
  const average = averageDepths(forest, takeFeatures(features, evenly(rows, 200)));

  const alerts = html`<select aria-label="Row, by its score"></select>` as HTMLSelectElement;
  const number = numberInput("Row number", rows);
  const tree = numberInput("Tree", trees);
  const button = (words: string, act: () => void) =>
    html`<button type="button" onclick=${act}>${words}</button>` as HTMLButtonElement;
  const fewer = button("← step", () => moveStep(-1));
  const more = button("step →", () => moveStep(1));
  const before = button("← tree", () => moveTree(-1));
  const after = button("tree →", () => moveTree(1));
  const play = button("▶ play", () => (timer === undefined ? start() : stop()));
  const heading = html`<h3></h3>`;
  const text = html`<p></p>`;
  const list = html`<ol class="steps" tabindex="0" aria-label="Splits of the tree; left and right arrows step"></ol>`;
  const leaf = html`<p class="steps-end" aria-live="polite"></p>`;
  const depths = html`<div class="steps-depths"></div>`;
  const element = html`<div class="card isolation">${heading}${text}
    <div class="model-tools"><label>Row ${alerts}</label><label>or number ${number} of ${formatCount(rows)}</label></div>
    <div class="model-tools"><label>Tree ${tree} of ${formatCount(trees)}</label>${before}${after}${fewer}${more}${play}</div>
    ${list}${leaf}${depths}</div>`;

  let row = order[0]!;
  let step = Number.POSITIVE_INFINITY;
  let threshold = Number.POSITIVE_INFINITY;
  let timer: ReturnType<typeof setInterval> | undefined;
  let steps = 0;
  let ownMeans: Float64Array = new Float64Array();
  let meanOfAll: Float64Array | null = null;
  const stripWidth = width > 720 ? Math.round((width - 38) * 0.46) : width - 38;

  const showStep = () => {
    step = Math.min(steps, Math.max(0, step));
    for (const [i, item] of [...list.children].entries()) {
      item.classList.toggle("ahead", i >= step);
      item.classList.toggle("current", i === step - 1 && step < steps);
    }
    leaf.classList.toggle("ahead", step < steps);
    fewer.disabled = step === 0;
    more.disabled = step === steps;
    const current = list.children[Math.max(0, step - 1)];
    if (timer !== undefined && current !== undefined) scrollWithin(list, current as HTMLElement);
  };
  const showTree = () => {
    const shown = [row, ...others.filter((other) => other !== row)];
    const own = takeFeatures(features, shown);
    const chosen = tree.valueAsNumber - 1;
    const path = isolationPath(forest, chosen, own, 0);
    const {strips} = stepStrip(forest, path, own, {
      type: (i) => label?.[shown[i]!],
      width: stripWidth
    });
    const ownOf = (feature: string) => valueAt(own[feature]!, 0);
    list.replaceChildren(
      ...path.steps.map((split, i) => html`<li><span>${describeStep(split, ownOf)}</span>${strips[i]}</li>`)
    );
    leaf.textContent = describeLeaf(path, forest.parameters.metric);
    // Once high, the list stays so, that nothing below it jumps from tree to tree.
    list.style.minHeight = `${Math.max(Number.parseFloat(list.style.minHeight), list.offsetHeight)}px`;
    steps = path.steps.length;
    before.disabled = chosen === 0;
    after.disabled = chosen === trees - 1;
    showStep();
    showDepths();
  };
  const showDepths = () => {
    const own = ownMeans.at(-1)!;
    const name = capital(nameOf(row));
    const isCounted = isDepth(forest.parameters.metric);
    const typical = meanOfAll === null ? "" : `; the average row after ${formatMean(meanOfAll.at(-1)!)}`;
    heading.textContent = `${name} ${isCounted ? "counts as" : "is"} alone after ${formatMean(own)} splits on average${typical}`;
    const title = isCounted ? "mean splits that count" : "mean splits until alone";
    depths.replaceChildren(depthPlot(ownMeans, meanOfAll, {width: width - 38, tree: tree.valueAsNumber, title}));
  };
  const showRow = () => {
    ownMeans = runningMeans(countedValues(forest, takeFeatures(features, [row])), 0);
    number.value = `${row + 1}`;
    list.style.minHeight = "0";
    listRows();
    showScore();
    showTree();
  };
  const showScore = () => {
    const verdict = score[row]! > threshold ? "flagged" : "not flagged";
    text.textContent = `Score ${formatScore(score[row]!)}, ${verdict}. Each split leaves fewer of the tree’s rows beside it. The strips show rows of the table that come as far; the ring is this one.`;
  };
  const moveStep = (by: number) => {
    step += by;
    showStep();
  };
  const moveTree = (by: number) => {
    tree.value = `${Math.min(trees, Math.max(1, tree.valueAsNumber + by))}`;
    step = Number.POSITIVE_INFINITY;
    showTree();
  };
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    play.textContent = "▶ play";
  };
  const start = () => {
    play.textContent = "❚❚ pause";
    step = 0;
    timer = setInterval(advance, stepMilliseconds);
    showStep();
  };
  const advance = () => {
    if (!element.isConnected) return stop();
    if (step < steps) return moveStep(1);
    if (tree.valueAsNumber === trees) return stop();
    tree.value = `${tree.valueAsNumber + 1}`;
    step = 0;
    showTree();
  };

  element.addEventListener("input", (event) => {
    event.stopPropagation();
    const input = event.target as HTMLInputElement | HTMLSelectElement;
    if (input === alerts) row = Number(alerts.value);
    else if (!(input as HTMLInputElement).checkValidity() || input.value === "") return;
    if (input === number) row = number.valueAsNumber - 1;
    step = Number.POSITIVE_INFINITY;
    if (input === tree) showTree();
    else showRow();
  });
  for (const input of [number, tree]) {
    input.addEventListener("change", () => {
      if (input.checkValidity() && input.value !== "") return;
      const nearest = Math.min(Number(input.max), Math.max(1, Math.round(input.valueAsNumber)));
      input.value = `${Number.isNaN(nearest) ? 1 : nearest}`;
      input.dispatchEvent(new Event("input", {bubbles: true}));
    });
  }
  list.addEventListener("keydown", (event) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    moveStep(by);
  });
  average.then((means) => {
    meanOfAll = means;
    showDepths();
  });
  const listRows = () => {
    const typical = order[rows >> 1]!;
    const shown = [...order.subarray(0, 12), typical, row].filter((row, i, all) => all.indexOf(row) === i);
    alerts.replaceChildren(
      ...shown.map((row) => {
        const kind = score[row]! > threshold ? "alert" : row === typical ? "a typical row" : "not flagged";
        return html`<option value=${row}>${nameOf(row)}, ${formatScore(score[row]!)}, ${kind}</option>`;
      })
    );
    alerts.value = `${row}`;
  };
  showRow();
  return Object.assign(element, {
    at(value: number) {
      threshold = value;
      listRows();
      showScore();
    }
  });
}

function numberInput(name: string, most: number): HTMLInputElement {
  return html`<input type="number" aria-label=${name} min="1" max=${most} step="1" value="1">` as HTMLInputElement;
}

// So many rows, evenly spaced.
function evenly(rows: number, most: number): Uint32Array {
  const count = Math.min(rows, most);
  return Uint32Array.from({length: count}, (_, i) => Math.floor((i * rows) / count));
}

function countedValues(forest: Forest, features: Features): TreeValues {
  return isDepth(forest.parameters.metric) ? treeValues(forest, features) : treeDepths(forest, features);
}

// The running mean over the trees of the mean over the rows.
async function averageDepths(forest: Forest, features: Features): Promise<Float64Array> {
  const trees = forest.root.length - 1;
  const values = new Float64Array(trees);
  const column = Object.values(features)[0]!;
  const rows = column instanceof Float64Array ? column.length : column.codes.length;
  const work = (from: number, to: number) => {
    const slice = takeFeatures(
      features,
      Uint32Array.from({length: to - from}, (_, i) => from + i)
    );
    const depths = countedValues(forest, slice).values;
    for (const [i, depth] of depths.entries()) values[i % trees]! += depth / rows;
  };
  await inTurns(
    {from: 0, to: rows},
    pageTurns(() => false),
    work
  );
  return runningMeans({rows: 1, trees, values} satisfies TreeValues, 0);
}

function formatMean(mean: number): string {
  return mean.toFixed(1).replace("-", "−");
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

// Element.scrollIntoView would move the page too.
function scrollWithin(list: HTMLElement, item: HTMLElement): void {
  const top = item.offsetTop;
  if (top < list.scrollTop || top + item.offsetHeight > list.scrollTop + list.clientHeight) {
    list.scrollTop = top + item.offsetHeight - list.clientHeight;
  }
}
