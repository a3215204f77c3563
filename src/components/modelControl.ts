import {html} from "htl";
import type {Summary} from "../lib/experiment.js";
import {
  asBuilt,
  chosenFeatures,
  chosenOptions,
  chosenParameters,
  type ForestChoice,
  mostTrees,
  type OwnForest,
  simplified
} from "../lib/forest/forestChoice.js";
import {type NamedOptions, optionsOf} from "../lib/forest/optionsOf.js";
import {type ForestParameters, type PresetName, presets} from "../lib/forest/parameters.js";
import {featuresOf} from "../lib/traffic/featureColumn.js";
import {describeColumn} from "../lib/traffic/schema.js";
import {numbers, type Table} from "../lib/traffic/table.js";
import {type ForestPool, forestPool} from "./forestPool.js";
import {formatCount} from "./format.js";
import {rememberedChoice} from "./rememberedChoice.js";
import {stopSlider} from "./stopSlider.js";

/** Scores and the forest that gave them. */
export interface Trained {
  readonly score: Float64Array;
  readonly parameters: ForestParameters;
  /** The shortest options that say so in a loader. */
  readonly options: NamedOptions;
  readonly features: readonly string[];
  /** Whether these are the scores of the archive. */
  readonly isBuilt: boolean;
}

const treeStops = [1, 5, 10, 20, 50, 100, 150, 200, 300, 500, 750, mostTrees];
const rowStops = [16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192];

/**
 * Chooses the forest: its preset, number of trees, rows per tree, features in a split, seed, and what it sees. A choice is
 * trained and scored by workers; its value follows when they are done, and a choice that comes in the meantime takes its
 * place. The choice is kept in the address and in the tab’s session. As built, the scores are those of the archive. The
 * workers end with the cell.
 */
export function modelControl(
  traffic: Table,
  {name, forest, features}: Pick<Summary, "forest" | "features"> & {name: string},
  invalidation: Promise<void>
): HTMLElement & {value: Trained} {
  const own: OwnForest = {options: optionsOf(forest, traffic.rows, features.length), features, rows: traffic.rows};
  const built: Trained = {
    score: numbers(traffic, "anomaly_score"),
    parameters: forest,
    options: own.options,
    features,
    isBuilt: true
  };
  const memory = rememberedChoice(name, own);
  let {choice, ignored} = memory.read();
  let pool: ForestPool | null = null;

  const preset =
    html`<select aria-label="Preset">${Object.keys(presets).map((name) => html`<option value=${name}>${name}</option>`)}</select>` as HTMLSelectElement;
  const seed =
    html`<input type="number" aria-label="Seed" min="0" max="999999999" step="1" required>` as HTMLInputElement;
  const reset = html`<button type="button">As built</button>` as HTMLButtonElement;
  const trees = stopSlider("Trees", formatCount, (trees) => choose({...choice, trees}));
  const sample = stopSlider("Rows per tree", formatCount, (sampleSize) => choose({...choice, sampleSize}));
  const dims = stopSlider(
    "Features per split",
    (dims) => (dims === 1 ? "1, along an axis" : `${dims}, slanted`),
    (dims) => choose({...choice, dims})
  );
  const boxes = features.map((feature) => {
    const box = html`<input type="checkbox">` as HTMLInputElement;
    box.addEventListener("input", (event) => {
      event.stopPropagation();
      const without = choice.without.filter((name) => name !== feature);
      choose({...choice, without: box.checked ? without : [...without, feature]});
    });
    return {feature, box};
  });
  const state = html`<output class="model-state"></output>`;
  const control = Object.assign(
    html`<form class="model-control">
      <div class="model-row"><label>Preset ${preset}</label> <label>Seed ${seed}</label> ${reset}</div>
      <div class="model-sliders">${trees.element}${sample.element}${dims.element}</div>
      <fieldset><legend>Features</legend>${boxes.map(
        ({feature, box}) => html`<label>${box} ${describeColumn(feature).title}</label>`
      )}</fieldset>
      ${state}
    </form>` as HTMLElement,
    {value: built}
  );

  const show = () => {
    const {trees: shownTrees, sampleSize, dims: shownDims, ...rest} = shownParameters(choice, own);
    const seen = Math.max(1, chosenFeatures(choice, own).length);
    preset.value = chosenOptions(choice, own).preset;
    if (document.activeElement !== seed && seed.validity.valid) seed.value = `${rest.seed}`;
    trees.show(treeStops, shownTrees);
    sample.show([...rowStops.filter((rows) => rows < own.rows), Math.min(own.rows, 10_000)], sampleSize);
    dims.show(
      Array.from({length: seen}, (_, i) => i + 1),
      shownDims
    );
    for (const {feature, box} of boxes) box.checked = !choice.without.includes(feature);
    reset.disabled = isAsBuilt(choice);
  };
  let said = "";
  const say = (text: string, kind = "") => {
    said = text;
    state.className = `model-state ${kind}`;
    showState();
  };
  const showState = () => {
    const problem = seed.validity.valid ? "" : ` A seed is a whole number from 0 to ${formatCount(Number(seed.max))}.`;
    state.textContent = `${said}${ignoredWords(ignored)}${problem}`;
  };
  const give = (value: Trained) => {
    control.value = value;
    control.dispatchEvent(new Event("input", {bubbles: true}));
  };
  const begin = () => {
    pool ??= forestPool(featuresOf(traffic, features), traffic.rows);
    return pool;
  };
  const train = async () => {
    const wanted = choice;
    if (isAsBuilt(wanted)) {
      pool?.stop();
      say("As built: the scores of the archive.");
      if (control.value !== built) give(built);
      return;
    }
    try {
      const parameters = chosenParameters(wanted, own);
      const seen = chosenFeatures(wanted, own);
      const start = performance.now();
      say(`Training … Below is still the ${control.value.isBuilt ? "forest as built" : "last forest"}.`, "busy");
      const score = await begin().score(parameters, seen);
      if (score === null) return;
      const {workers} = begin();
      const time = `${formatCount(Math.round(performance.now() - start))} ms`;
      say(`Trained in ${time} on ${workers} ${workers === 1 ? "worker" : "workers"}.`);
      const options = chosenOptions(wanted, own);
      give({score, parameters, options, features: seen, isBuilt: false});
    } catch (error) {
      if (choice !== wanted) return;
      pool?.stop();
      const still = control.value.isBuilt ? "the scores as built" : "the scores before";
      say(`Cannot train: ${error instanceof Error ? error.message : error}. Below are still ${still}.`, "failed");
    }
  };
  const choose = (next: ForestChoice) => {
    choice = simplified(next, own);
    ignored = [];
    memory.write(choice);
    show();
    void train();
  };

  // A hand on an input is soon followed by a choice, and workers take a while to start.
  for (const event of ["pointerdown", "focusin"]) {
    control.addEventListener(
      event,
      () => {
        try {
          begin();
        } catch {
          // said when a choice needs them
        }
      },
      {once: true}
    );
  }
  control.addEventListener("submit", (event) => event.preventDefault());
  for (const input of [preset, seed]) input.addEventListener("input", (event) => event.stopPropagation());
  preset.addEventListener("input", () => {
    const {seed, without} = choice;
    choose({preset: preset.value as PresetName, seed, without});
  });
  let typing: ReturnType<typeof setTimeout> | undefined;
  const chooseSeed = () => {
    clearTimeout(typing);
    if (!seed.validity.valid || seed.valueAsNumber === shownParameters(choice, own).seed) return;
    choose({...choice, seed: seed.valueAsNumber});
  };
  seed.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(chooseSeed, 300);
    showState();
  });
  seed.addEventListener("change", chooseSeed);
  reset.addEventListener("click", () => {
    seed.value = `${forest.seed}`;
    choose(asBuilt);
  });
  invalidation.then(() => {
    clearTimeout(typing);
    pool?.terminate();
  });
  memory.write(choice);
  seed.value = `${forest.seed}`;
  show();
  void train();
  return control;
}

function isAsBuilt(choice: ForestChoice): boolean {
  return Object.entries(choice).every(([name, value]) =>
    name === "without" ? choice.without.length === 0 : value === undefined
  );
}

function ignoredWords(ignored: readonly string[]): string {
  if (ignored.length === 0) return "";
  return ` The address asked for ${ignored.join(", ")}, which there ${ignored.length === 1 ? "is" : "are"} not.`;
}

// Without features there is no forest, but the other inputs still stand somewhere.
function shownParameters(choice: ForestChoice, own: OwnForest): ForestParameters {
  const isEmpty = chosenFeatures(choice, own).length === 0;
  return chosenParameters(isEmpty ? {...choice, without: []} : choice, own);
}
