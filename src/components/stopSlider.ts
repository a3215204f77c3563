import {html} from "htl";

/** A slider over a list of numbers, whose steps it can hold as unevenly as they are. */
export interface StopSlider {
  readonly element: HTMLElement;
  /** Offers other numbers and stands at one of them; words say what a number means. */
  show(stops: readonly number[], value: number): void;
}

/** A labelled slider that calls back with the number it is moved to. */
export function stopSlider(title: string, words: (value: number) => string, move: (value: number) => void): StopSlider {
  const input = html`<input type="range" min="0" step="1" aria-label=${title}>` as HTMLInputElement;
  const output = html`<output class="number"></output>`;
  const element = html`<label class="stop-slider"><span>${title}</span>${input}${output}</label>` as HTMLElement;
  let offered: readonly number[] = [];
  input.addEventListener("input", (event) => {
    event.stopPropagation();
    move(offered[input.valueAsNumber]!);
  });
  return {
    element,
    show(stops, value) {
      offered = Array.from(new Set([...stops, value])).sort((a, b) => a - b);
      input.max = `${offered.length - 1}`;
      input.value = `${offered.indexOf(value)}`;
      input.disabled = offered.length === 1;
      output.textContent = words(value);
      input.setAttribute("aria-valuetext", words(value));
    }
  };
}
