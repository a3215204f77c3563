import {html} from "htl";
import {describeColumn} from "../lib/traffic/schema.js";

/** A choice among columns, shown by their titles; its value is the column’s name. */
export function columnSelect<T extends string>(label: string, names: readonly T[]): HTMLElement & {value: T} {
  const select = html`<select>${names.map((name) => html`<option value=${name}>${describeColumn(name).title.toLowerCase()}</option>`)}</select>`;
  const element = html`<label class="choice">${label} ${select}</label>` as HTMLElement;
  element.hidden = names.length === 0;
  return Object.defineProperty(element, "value", {get: () => (select as HTMLSelectElement).value}) as HTMLElement & {
    value: T;
  };
}
