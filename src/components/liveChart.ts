import {html} from "htl";
import {drawSoon, say} from "./liveTurns.js";

/** A chart that moves on. */
export interface LiveChart extends HTMLElement {
  /** Says that there is something new to draw. */
  moved(): void;
}

/**
 * A card with a chart that is drawn anew when it has moved: at most once a second, only while it can be seen, and not under a
 * pointer that has just pointed at something. Its height stays. It ends with the cell.
 */
export function liveChart(
  draw: (width: number) => {title: string; plot: Element},
  {height, invalidation}: {height: number; invalidation: Promise<void>}
): LiveChart {
  const heading = html`<h3></h3>`;
  const place = html`<div class="live-plot" style=${{height: `${height}px`}}></div>` as HTMLElement;
  const element = html`<div class="card live-chart">${heading}${place}</div>` as HTMLElement;
  let isSeen = false;
  let isStale = false;
  let heldUntil = 0;
  const soon = drawSoon(() => {
    const width = place.clientWidth;
    if (!isSeen || !isStale || width === 0) return;
    const rest = heldUntil - performance.now();
    if (rest > 0) return void setTimeout(soon, rest);
    isStale = false;
    const {title, plot} = draw(width);
    say(heading, title);
    place.replaceChildren(plot);
  }, 1000);
  const moved = () => {
    isStale = true;
    soon();
  };
  const viewing = new IntersectionObserver((entries) => {
    isSeen = entries.at(-1)!.isIntersecting;
    soon();
  });
  const sizing = new ResizeObserver(moved);
  viewing.observe(element);
  sizing.observe(place);
  place.addEventListener("pointermove", () => {
    heldUntil = performance.now() + attention;
  });
  place.addEventListener("pointerleave", () => {
    heldUntil = 0;
    soon();
  });
  void invalidation.then(() => {
    viewing.disconnect();
    sizing.disconnect();
  });
  return Object.assign(element, {moved});
}

// Milliseconds for which a chart stays as it is for who reads a tip in it.
const attention = 4000;
