import {html} from "htl";
import type {Threshold} from "./thresholdControl.js";

/**
 * A slim bar at the foot of the page that moves the threshold while any chart is in view; it follows and drives the
 * control it is given. Its words are set by the page.
 */
export function thresholdBar(
  control: HTMLElement & {value: Threshold; drag(value: number): void},
  {domain}: {domain: readonly [number, number]}
): HTMLElement & {say(words: string): void} {
  const slider =
    html`<input type="range" aria-label="Threshold" min=${domain[0]} max=${domain[1]} step="0.001">` as HTMLInputElement;
  const words = html`<output class="number"></output>`;
  const bar = html`<div class="threshold-bar">${slider}${words}</div>` as HTMLElement;
  const follow = () => {
    slider.value = `${control.value.value}`;
  };
  slider.addEventListener("input", () => control.drag(slider.valueAsNumber));
  control.addEventListener("input", follow);
  follow();
  return Object.assign(bar, {
    say(text: string) {
      words.textContent = text;
    }
  });
}
