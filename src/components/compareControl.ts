import {html} from "htl";
import type {NamedSummary} from "../lib/experiment.js";
import {optionsOf} from "../lib/forest/optionsOf.js";
import {type PresetName, presets, resolveParameters} from "../lib/forest/parameters.js";
import {featuresOf} from "../lib/traffic/featureColumn.js";
import {differentColumn, differentOrigin} from "../lib/traffic/sameRows.js";
import {numbers, type Table} from "../lib/traffic/table.js";
import {
  type DetectorChoice,
  formatDetector,
  ignoredWords,
  mostDetectors,
  parseComparison,
  parseDetector
} from "./comparisonChoice.js";
import {type Detector, detectorName, lookOf} from "./detector.js";
import {formatCount, formatCounted} from "./format.js";
import type {TrainingQueue} from "./trainingQueue.js";

/** The experiment whose rows are compared, and all others, which may have the same. */
export interface ComparedRows {
  readonly summary: NamedSummary;
  readonly traffic: Table;
  readonly summaries: readonly NamedSummary[];
  /** The rows of another experiment. */
  readonly load: (name: string) => Promise<Table>;
  /** Where the experiment’s rule puts the threshold for other scores of its rows. */
  readonly thresholdOf: (score: Float64Array) => number;
}

/** The choice of the experiment whose rows are compared, kept in the address; its value is the name. */
export function rowsSelect(summaries: readonly NamedSummary[], preferred: string): HTMLElement & {value: string} {
  const names = summaries.map(({name}) => name);
  const asked = new URLSearchParams(location.search).get("rows");
  const isKnown = asked !== null && names.includes(asked);
  const select = html`<select>${summaries.map(
    ({name, title}) => html`<option value=${name}>${name}: ${title}</option>`
  )}</select>` as HTMLSelectElement;
  select.value = isKnown ? asked : names.includes(preferred) ? preferred : names[0]!;
  const said = asked === null || isKnown ? "" : ignoredWords([asked]);
  const element = html`<div class="compare-rows"><label>Rows of ${select}</label> <span class="muted">${said}</span></div>`;
  select.addEventListener("input", () => {
    const address = new URL(location.href);
    const kept = address.searchParams.getAll("with").filter((text) => !text.startsWith("experiment:"));
    address.searchParams.set("rows", select.value);
    address.searchParams.delete("with");
    for (const text of kept) address.searchParams.append("with", text);
    history.replaceState(history.state, "", address);
    element.querySelector("span")!.textContent = "";
  });
  return Object.defineProperty(element, "value", {get: () => select.value}) as HTMLElement & {value: string};
}

/**
 * Chooses up to six detectors of the same rows: the experiment’s own, presets with a seed, and other experiments that have
 * these rows; of the others it says why not. Presets are trained one after the other; the value holds those that are
 * ready, in the order of the choice, with thresholds by the experiment’s rule. The choice is kept in the address.
 */
export function compareControl(
  {summary, traffic, summaries, load, thresholdOf}: ComparedRows,
  queue: TrainingQueue
): HTMLElement & {value: readonly Detector[]} {
  const others = summaries.filter(({name}) => name !== summary.name);
  const same = others.filter((other) => differentOrigin(summary, other) === null);
  const features = featuresOf(traffic, summary.features);
  const {preset: builtPreset, ...differences} = optionsOf(summary.forest, traffic.rows, summary.features.length);
  const asked = parseComparison(
    new URLSearchParams(location.search),
    same.map(({name}) => name)
  );
  let choices = asked.choices ?? [
    {kind: "built"} as const,
    {kind: "preset", preset: builtPreset === "paper" ? "auto" : "paper", seed: 1} as const
  ];
  let ignored = asked.ignored;
  const built: Trained = {
    score: numbers(traffic, "anomaly_score"),
    threshold: summary.threshold.value,
    parameters: summary.forest,
    features
  };
  const ready = new Map([["built", built]]);
  const failed = new Map<string, string>();
  const refused = new Map<string, string>();

  const list = html`<ul class="compared"></ul>`;
  const preset =
    html`<select aria-label="Preset">${Object.keys(presets).map((name) => html`<option>${name}</option>`)}</select>` as HTMLSelectElement;
  const seed =
    html`<input type="number" aria-label="Seed" min="0" max="999999999" step="1" value="1" required>` as HTMLInputElement;
  const experiment = html`<select aria-label="Experiment"></select>` as HTMLSelectElement;
  const addPreset = button("Add preset", () => {
    if (seed.checkValidity()) add({kind: "preset", preset: preset.value as PresetName, seed: seed.valueAsNumber});
    else say(`A seed is a whole number from 0 to ${formatCount(Number(seed.max))}.`);
  });
  const addOther = button("Add", () => add(parseDetector(experiment.value)!));
  const state = html`<output class="model-state"></output>`;
  const excluded = html`<details class="small"></details>`;
  const othersRow = html`<div class="model-row"><label>Of these rows also ${experiment}</label> ${addOther}</div>`;
  const element = Object.assign(
    html`<form class="model-control">${list}
      <div class="model-row"><label>Preset ${preset}</label> <label>Seed ${seed}</label> ${addPreset}</div>
      ${othersRow}${state}${excluded}</form>` as HTMLElement,
    {value: [] as readonly Detector[]}
  );
  element.addEventListener("submit", (event) => event.preventDefault());
  for (const input of [preset, seed, experiment]) input.addEventListener("input", (event) => event.stopPropagation());

  const nameOf = (choice: DetectorChoice) => {
    switch (choice.kind) {
      case "built": {
        const changed = Object.keys(differences).some((name) => name !== "seed");
        return `as built: ${builtPreset}${changed ? ", changed" : ""}, seed ${summary.forest.seed}`;
      }
      case "preset":
        return `${choice.preset}, seed ${choice.seed}`;
      case "experiment":
        return `experiment ${choice.name}`;
    }
  };
  const show = () => {
    list.replaceChildren(
      ...choices.map((choice, place) => {
        const id = formatDetector(choice);
        const name = nameOf(choice);
        const remove = button("×", () => change(choices.filter((other) => other !== choice)));
        remove.setAttribute("aria-label", `Remove ${name}`);
        remove.disabled = choices.length === 1;
        const wait = ready.has(id) || failed.has(id) ? "" : " …";
        return html`<li>${detectorName({...lookOf(place), name: `${name}${wait}`})}${remove}</li>`;
      })
    );
    const isFull = choices.length >= mostDetectors;
    addPreset.disabled = isFull;
    addOther.disabled = isFull;
    const free = [{kind: "built"} as const, ...same.map(({name}) => ({kind: "experiment", name}) as const)].filter(
      (choice) => choice.kind === "built" || !refused.has(choice.name)
    );
    const left = free.filter((choice) => !choices.some((other) => formatDetector(other) === formatDetector(choice)));
    experiment.replaceChildren(
      ...left.map((choice) => html`<option value=${formatDetector(choice)}>${nameOf(choice)}</option>`)
    );
    othersRow.hidden = left.length === 0;
    const reasons = others.map((other) => [other.name, differentOrigin(summary, other) ?? refused.get(other.name)]);
    const not = reasons.filter(([, reason]) => reason !== undefined);
    excluded.hidden = not.length === 0;
    const open = excluded.hasAttribute("open");
    excluded.replaceChildren(
      html`<summary>${formatCounted(not.length, "experiment")} cannot be compared, having other rows</summary>`,
      html`<ul>${not.map(([name, reason]) => html`<li>${name}: ${reason}</li>`)}</ul>`
    );
    excluded.toggleAttribute("open", open);
  };
  const say = (text: string) => {
    state.textContent = [text, ...failed.values(), ignoredWords(ignored)].filter(Boolean).join(" ");
  };
  const give = () => {
    element.value = choices.flatMap((choice, place) => {
      const id = formatDetector(choice);
      const trained = ready.get(id);
      return trained === undefined ? [] : [{id, name: nameOf(choice), ...lookOf(place), ...trained}];
    });
    element.dispatchEvent(new Event("input", {bubbles: true}));
  };
  const remember = () => {
    const address = new URL(location.href);
    address.searchParams.set("rows", summary.name);
    address.searchParams.delete("with");
    for (const choice of choices) address.searchParams.append("with", formatDetector(choice));
    history.replaceState(history.state, "", address);
  };
  const add = (choice: DetectorChoice) => {
    const isNew = !choices.some((other) => formatDetector(other) === formatDetector(choice));
    if (isNew) change([...choices, choice]);
    else say(`${nameOf(choice)} is compared already.`);
  };
  const change = (next: DetectorChoice[]) => {
    choices = next;
    ignored = [];
    failed.clear();
    remember();
    void train();
  };

  const table = async (name: string) => {
    const loaded = await load(name);
    const column = differentColumn(traffic, loaded);
    if (column === null) return loaded;
    refused.set(name, `differs in ${column}`);
    throw new Error("it has other rows");
  };
  const scored = async (choice: DetectorChoice): Promise<Omit<Trained, "threshold"> | null> => {
    switch (choice.kind) {
      case "built":
        return built;
      case "preset": {
        const {preset, seed} = choice;
        const parameters = resolveParameters(traffic.rows, summary.features.length, {preset, seed});
        const score = await queue.score(features, parameters, () => choices.includes(choice));
        return score === null ? null : {score, parameters, features};
      }
      case "experiment": {
        const other = others.find(({name}) => name === choice.name)!;
        const loaded = await table(choice.name);
        const score = numbers(loaded, "anomaly_score");
        return {score, parameters: other.forest, features: featuresOf(loaded, other.features)};
      }
    }
  };
  const train = async () => {
    const wanted = choices;
    show();
    give();
    const start = performance.now();
    let trained = 0;
    for (const [place, choice] of wanted.entries()) {
      const id = formatDetector(choice);
      if (ready.has(id)) continue;
      say(`Training ${nameOf(choice)}, ${place + 1} of ${wanted.length} …`);
      try {
        const detector = await scored(choice);
        if (choices !== wanted) return;
        if (detector === null) continue;
        ready.set(id, {...detector, threshold: thresholdOf(detector.score)});
        if (choice.kind === "preset") ++trained;
      } catch (error) {
        if (choices !== wanted) return;
        failed.set(id, `Cannot compare ${nameOf(choice)}: ${error instanceof Error ? error.message : error}.`);
      }
      show();
      give();
    }
    say(trained === 0 ? "" : `Trained in ${formatCount(Math.round(performance.now() - start))} ms.`);
  };

  remember();
  void train();
  return element;
}

type Trained = Pick<Detector, "score" | "threshold" | "parameters" | "features">;

function button(words: string, act: () => void): HTMLButtonElement {
  return html`<button type="button" onclick=${act}>${words}</button>` as HTMLButtonElement;
}
