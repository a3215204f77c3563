import {html} from "htl";
import {saveFile} from "./saveFile.js";
import {standaloneSvg, svgImage} from "./standaloneSvg.js";

/**
 * Two small buttons that save the chart as it looks at that moment, with a title above it, as SVG and as PNG of twice
 * the size. The title is that of the card around them unless another is given; the name is that of the file without its
 * ending.
 */
export function saveChart(chart: Element, name: string, title?: () => string): HTMLElement {
  const heading = () => element.closest(".card")?.querySelector("h3")?.textContent ?? "";
  const drawing = () => standaloneSvg(chart, (title ?? heading)());
  const svg = button("SVG", () => saveFile(new Blob([drawing().text], {type: "image/svg+xml"}), `${name}.svg`));
  const png = button("PNG", async () => saveFile(await svgImage(drawing(), 2), `${name}.png`));
  const element = html`<div class="save-chart">Save as ${svg} ${png}</div>` as HTMLElement;
  return element;
}

/** A card with a title, a chart, and buttons that save it. */
export function chartCard(title: string | Node, chart: Element, {name}: {name: string}): HTMLElement {
  return html`<div class="card"><h3>${title}</h3>${chart}${saveChart(chart, name)}</div>` as HTMLElement;
}

function button(text: string, save: () => void | Promise<void>): HTMLButtonElement {
  const element =
    html`<button type="button" aria-label=${`Save the chart as ${text}`}>${text}</button>` as HTMLButtonElement;
  element.addEventListener("click", () => save());
  return element;
}
