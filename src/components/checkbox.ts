import {html} from "htl";

/** A choice between yes and no. */
export function checkbox(label: string, {value = false}: {value?: boolean} = {}): HTMLElement & {value: boolean} {
  const box = html`<input type="checkbox" checked=${value}>` as HTMLInputElement;
  const element = html`<label class="choice">${box} ${label}</label>` as HTMLElement;
  return Object.defineProperty(element, "value", {get: () => box.checked}) as HTMLElement & {value: boolean};
}
