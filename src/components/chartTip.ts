import {svgElement} from "./svg.js";

/** A place of a drawing, in its pixels, and what is said about it. */
export interface TipPoint {
  readonly x: number;
  readonly y: number;
  readonly color: string;
  readonly lines: readonly string[];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Says something about the point nearest to the pointer, in a box that stays within the drawing. */
export function chartTip(svg: SVGSVGElement, size: Size, nearest: (x: number, y: number) => TipPoint | null): void {
  const group = svgElement("g", {class: "chart-tip", "pointer-events": "none", visibility: "hidden"});
  const dot = svgElement("circle", {r: 3.5, stroke: "var(--theme-background)", "stroke-width": 1.5});
  const box = svgElement("rect", {
    rx: 4,
    fill: "var(--theme-background)",
    stroke: "var(--theme-foreground-faint)",
    filter: "drop-shadow(0 2px 4px rgb(0 0 0 / 0.25))"
  });
  const text = svgElement("text", {fill: "var(--theme-foreground)", "text-anchor": "start"});
  group.append(dot, box, text);
  svg.append(group);

  const show = (event: PointerEvent) => {
    const drawn = svg.getBoundingClientRect();
    const scale = size.width / drawn.width;
    const point = nearest((event.clientX - drawn.left) * scale, (event.clientY - drawn.top) * scale);
    group.setAttribute("visibility", point === null ? "hidden" : "visible");
    if (point === null) return;
    dot.setAttribute("cx", `${point.x}`);
    dot.setAttribute("cy", `${point.y}`);
    dot.setAttribute("fill", point.color);
    text.replaceChildren(
      ...point.lines.map((line, i) => {
        const span = svgElement("tspan", {x: 0, dy: i === 0 ? 0 : "1.35em"});
        span.textContent = line;
        return span;
      })
    );
    const words = text.getBBox();
    const padding = 8;
    const [width, height] = [words.width + 2 * padding, words.height + 2 * padding];
    const {x, y} = tipPlace(point, {width, height}, size);
    for (const [key, value] of Object.entries({x, y, width, height})) box.setAttribute(key, `${value}`);
    text.setAttribute("transform", `translate(${x + padding - words.x},${y + padding - words.y})`);
  };
  const hide = (event: PointerEvent) => {
    // A finger leaves at once what it touched.
    if (event.pointerType === "mouse") group.setAttribute("visibility", "hidden");
  };
  svg.addEventListener("pointerenter", show);
  svg.addEventListener("pointermove", show);
  svg.addEventListener("pointerdown", show);
  svg.addEventListener("pointerleave", hide);
  svg.addEventListener("pointercancel", () => group.setAttribute("visibility", "hidden"));
}

/** Where a tip stands: beside its point, or where there is no room above or below it, always within the drawing. */
export function tipPlace(point: {x: number; y: number}, tip: Size, drawing: Size): {x: number; y: number} {
  const distance = 12;
  const within = (at: number, length: number, end: number) => Math.max(1, Math.min(at, end - length - 1));
  const right = point.x + distance;
  const left = point.x - distance - tip.width;
  const below = point.y + distance;
  const above = point.y - distance - tip.height;
  const isBeside = right + tip.width < drawing.width || left > 0;
  const x = right + tip.width < drawing.width ? right : left > 0 ? left : point.x - tip.width / 2;
  const y = below + tip.height < drawing.height ? below : above > 0 || !isBeside ? above : point.y - tip.height / 2;
  return {x: within(x, tip.width, drawing.width), y: within(y, tip.height, drawing.height)};
}
