import type {Plot} from "@observablehq/plot";

/** A chart that shows the operating point and moves it without being drawn again. */
export type WithThreshold<E extends Element = HTMLElement> = E & {at(threshold: number): void};

/** Puts a vertical line over a plot whose x is the score; the result moves it to a threshold. */
export function thresholdLine(plot: (SVGSVGElement | HTMLElement) & Plot): (threshold: number) => void {
  const {apply, range} = plot.scale("x")!;
  const bottom = plot.scale("y")!.range!;
  const [x1, x2] = [Math.min(...(range as number[])), Math.max(...(range as number[]))];
  const [y1, y2] = [Math.min(...(bottom as number[])), Math.max(...(bottom as number[]))];
  const group = svg("g", {class: "threshold", stroke: "var(--threshold)"});
  const line = svg("line", {y1: y1 - 6, y2, "stroke-width": 1.5});
  const text = svg("text", {y: y1 - 10, fill: "var(--threshold)", stroke: "none", "font-weight": 600});
  group.append(line, text);
  svgOf(plot).append(group);
  return (threshold) => {
    const x = apply(Math.min(2, Math.max(-1, threshold)));
    const shown = Math.min(x2, Math.max(x1, x));
    line.setAttribute("x1", `${shown}`);
    line.setAttribute("x2", `${shown}`);
    line.setAttribute("stroke-dasharray", x === shown ? "none" : "2 3");
    text.setAttribute("x", `${shown}`);
    text.setAttribute("text-anchor", shown > (x1 + x2) / 2 ? "end" : "start");
    text.textContent = `threshold ${threshold.toFixed(3)}`;
  };
}

/** Puts a dot over a plot; the result moves it to a place in the plot’s units, or hides it where there is none. */
export function pointMark(plot: (SVGSVGElement | HTMLElement) & Plot): (x: number, y: number) => void {
  const xs = plot.scale("x")!;
  const ys = plot.scale("y")!;
  const dot = svg("circle", {r: 6, fill: "var(--theme-background)", stroke: "var(--threshold)", "stroke-width": 2.5});
  svgOf(plot).append(dot);
  return (x, y) => {
    const hidden = Number.isNaN(x) || Number.isNaN(y);
    dot.setAttribute("visibility", hidden ? "hidden" : "visible");
    if (hidden) return;
    dot.setAttribute("cx", `${xs.apply(x)}`);
    dot.setAttribute("cy", `${ys.apply(y)}`);
  };
}

function svgOf(plot: Element): SVGSVGElement {
  const found = plot instanceof SVGSVGElement ? plot : plot.querySelector<SVGSVGElement>("svg[class^=plot]");
  if (!found) throw new Error("missing plot");
  return found;
}

function svg(name: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, `${value}`);
  return element;
}
