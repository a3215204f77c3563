import {html} from "htl";
import type {InjectedKind} from "../lib/traffic/injectedKinds.js";
import {mostShare} from "../lib/traffic/injectFakes.js";
import {rememberInAddress} from "./address.js";

/** How many rows a reader injects, and which. */
export interface InjectedAmount {
  /** Injected rows of a kind as a share of the real ones. */
  readonly share: number;
  readonly seed: number;
}

/** Two inputs in one form: to show other kinds need not grow forests again. */
export type InjectionControl = HTMLElement & {
  readonly amount: HTMLElement & {value: InjectedAmount};
  /** The chosen kinds, in the order of those there are. */
  readonly kinds: HTMLElement & {value: readonly string[]};
};

const shares = [0.005, 0.01, 0.02, 0.05, mostShare];
const names = {share: "injected-share", seed: "injected-seed", not: "not-injected"} as const;
const mostSeed = 999_999_999;

/** Chooses the kinds to inject, how many rows of each, and the seed; the choice is kept in the address. */
export function injectionControl(injectable: readonly InjectedKind[]): InjectionControl {
  const all = injectable.map(({kind}) => kind);
  const read = readInjection(new URLSearchParams(location.search), all);
  const boxes = injectable.map(({kind, meaning}) => {
    const box = html`<input type="checkbox" checked=${read.kinds.includes(kind)}>` as HTMLInputElement;
    return {kind, meaning, box};
  });
  const share = html`<select aria-label="Injected rows of each kind">${shares.map(
    (share) => html`<option value=${share} selected=${share === read.share}>${share * 100} % of the rows</option>`
  )}</select>` as HTMLSelectElement;
  const seed =
    html`<input type="number" aria-label="Seed of the injection" min="0" max=${mostSeed} step="1" required value=${read.seed}>` as HTMLInputElement;
  const amount = Object.assign(
    html`<div class="model-row"><label>Injected of each kind ${share}</label> <label>Seed ${seed}</label></div>` as HTMLElement,
    {value: {share: read.share, seed: read.seed}}
  );
  const kinds = Object.assign(
    html`<fieldset><legend>Injected kinds</legend>${boxes.map(
      ({kind, meaning, box}) => html`<label title=${meaning}>${box} ${kind}</label>`
    )}</fieldset>` as HTMLElement,
    {value: read.kinds}
  );
  const form = html`<form class="model-control">${amount}${kinds}</form>` as HTMLElement;
  form.addEventListener("submit", (event) => event.preventDefault());
  amount.addEventListener("input", (event) => {
    if (!seed.validity.valid) return event.stopImmediatePropagation();
    amount.value = {share: Number(share.value), seed: seed.valueAsNumber};
  });
  kinds.addEventListener("input", () => {
    kinds.value = boxes.filter(({box}) => box.checked).map(({kind}) => kind);
  });
  form.addEventListener("input", () => {
    const choice = {...amount.value, kinds: kinds.value};
    rememberInAddress("injection", (query) => writeInjection(query, choice, all));
  });
  return Object.assign(form, {amount, kinds});
}

/** All that a reader chooses of an injection. */
export interface InjectionChoice extends InjectedAmount {
  readonly kinds: readonly string[];
}

/** The choice that an address spells, with what it leaves out or gets wrong as it is by default. */
export function readInjection(query: URLSearchParams, kinds: readonly string[]): InjectionChoice {
  const share = Number(query.get(names.share));
  const seed = query.get(names.seed) ?? "";
  const not = query.getAll(names.not);
  return {
    kinds: kinds.filter((kind) => !not.includes(kind)),
    share: shares.includes(share) ? share : 0.01,
    seed: /^\d{1,9}$/.test(seed) ? Number(seed) : 1
  };
}

/** Spells a choice into the address’s query, where it is not the default. */
export function writeInjection(query: URLSearchParams, choice: InjectionChoice, kinds: readonly string[]): void {
  for (const name of Object.values(names)) query.delete(name);
  if (choice.share !== 0.01) query.set(names.share, `${choice.share}`);
  if (choice.seed !== 1) query.set(names.seed, `${choice.seed}`);
  for (const kind of kinds) if (!choice.kinds.includes(kind)) query.append(names.not, kind);
}
