import type {Plot} from "@observablehq/plot";
import {svgElement, svgOf} from "./svg.js";

/** A chart that shows the operating point and moves it without being drawn again. */
export type WithThreshold<E extends Element = HTMLElement> = E & {at(threshold: number): void};

type Drawn = (SVGSVGElement | HTMLElement) & Plot;

/** Puts a vertical line over a plot whose x is the score; the result moves it to a threshold. */
export function thresholdLine(plot: Drawn): (threshold: number) => void {
  const {apply} = plot.scale("x")!;
  const [x1, x2] = extentOf(plot, "x");
  const [y1, y2] = extentOf(plot, "y");
  const group = svgElement("g", {class: "threshold", stroke: "var(--threshold)"});
  const line = svgElement("line", {y1: y1 - 6, y2, "stroke-width": 1.5});
  const text = svgElement("text", {y: y1 - 10, fill: "var(--threshold)", stroke: "none", "font-weight": 600});
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

/**
 * Puts a dot over a plot, with guides to its left and lower axis; the result moves it to a place in the plot’s units,
 * or hides it where there is none.
 */
export function pointMark(
  plot: Drawn,
  {color = "var(--threshold)", guides = true}: {color?: string; guides?: boolean} = {}
): (x: number, y: number) => void {
  const xs = plot.scale("x")!;
  const ys = plot.scale("y")!;
  const left = extentOf(plot, "x")[0];
  const bottom = extentOf(plot, "y")[1];
  const group = svgElement("g", {class: "operating-point", stroke: color, visibility: "hidden"});
  const lines = svgElement("path", {fill: "none", "stroke-opacity": 0.45, "stroke-dasharray": "3 3"});
  const dot = svgElement("circle", {r: 6, fill: "var(--theme-background)", "stroke-width": 2.5});
  group.append(...(guides ? [lines] : []), dot);
  svgOf(plot).append(group);
  return (x, y) => {
    const hidden = Number.isNaN(x) || Number.isNaN(y);
    group.setAttribute("visibility", hidden ? "hidden" : "visible");
    if (hidden) return;
    const [px, py] = [xs.apply(x), ys.apply(y)];
    lines.setAttribute("d", `M${left},${py}H${px}V${bottom}`);
    dot.setAttribute("cx", `${px}`);
    dot.setAttribute("cy", `${py}`);
  };
}

function extentOf(plot: Drawn, name: "x" | "y"): [number, number] {
  const range = plot.scale(name)!.range as number[];
  return [Math.min(...range), Math.max(...range)];
}
