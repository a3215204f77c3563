import {html} from "htl";
import {saveFile} from "./saveFile.js";

/**
 * Two small buttons that save the chart as it looks at that moment, with a title above it, as SVG and as PNG of twice
 * the size. The title is that of the card around them unless another is given; the name is that of the file without its
 * ending.
 */
export function saveChart(chart: Element, name: string, title?: () => string): HTMLElement {
  const heading = () => element.closest(".card")?.querySelector("h3")?.textContent ?? "";
  // Few readers save a chart, so that what it takes is loaded then.
  const drawing = async () => {
    const {standaloneSvg, svgImage} = await import("./standaloneSvg.js");
    const drawn = standaloneSvg(chart, (title ?? heading)());
    return {drawn, svgImage};
  };
  const svg = button("SVG", async () => {
    const {drawn} = await drawing();
    saveFile(new Blob([drawn.text], {type: "image/svg+xml"}), `${name}.svg`);
  });
  const png = button("PNG", async () => {
    const {drawn, svgImage} = await drawing();
    saveFile(await svgImage(drawn, 2), `${name}.png`);
  });
  const element = html`<div class="save-chart">Save as ${svg} ${png}</div>` as HTMLElement;
  return element;
}

/** A card with a title, a chart, and buttons that save it. */
export function chartCard(title: string | Node, chart: Element, {name}: {name: string}): HTMLElement {
  return html`<div class="card"><h3>${title}</h3>${chart}${saveChart(chart, name)}</div>` as HTMLElement;
}

function button(text: string, save: () => Promise<void>): HTMLButtonElement {
  const element =
    html`<button type="button" aria-label=${`Save the chart as ${text}`}>${text}</button>` as HTMLButtonElement;
  element.addEventListener("click", async () => {
    try {
      await save();
    } catch {
      element.textContent = `${text} failed`;
    }
  });
  return element;
}
