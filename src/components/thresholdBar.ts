import {html} from "htl";
import type {ThresholdControl} from "./thresholdControl.js";

/**
 * A slim bar at the foot of the page that moves the threshold while any chart is in view; it follows and drives the
 * control it is given. Its words are set by the page.
 */
export function thresholdBar(control: ThresholdControl): HTMLElement & {say(words: string): void} {
  const slider = html`<input type="range" aria-label="Threshold" step="0.001">` as HTMLInputElement;
  const words = html`<output class="number"></output>`;
  const bar = html`<div class="threshold-bar">${slider}${words}</div>` as HTMLElement;
  const follow = () => {
    [slider.min, slider.max] = [`${control.domain[0]}`, `${control.domain[1]}`];
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
