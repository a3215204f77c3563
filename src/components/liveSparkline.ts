import type {Alert} from "../lib/live/alert.js";
import {formatScore} from "./format.js";
import {svgElement} from "./svg.js";

const size = {width: 96, height: 26};

/** How an alert’s score went since it was raised, with the threshold as a line; a single moment is a dot. */
export function liveSparkline({history, threshold, status}: Alert): SVGSVGElement {
  const svg = svgElement("svg", {
    ...size,
    viewBox: `0 0 ${size.width} ${size.height}`,
    class: "live-spark",
    role: "img"
  });
  svg.setAttribute("aria-label", history.map(({score}) => formatScore(score)).join(", "));
  const first = history[0];
  const last = history.at(-1);
  if (first === undefined || last === undefined) return svg;
  const scores = [threshold, ...history.map(({score}) => score)];
  const [low, high] = [Math.min(...scores) - 0.01, Math.max(...scores) + 0.01];
  const x = (time: number) =>
    4 + (last.time > first.time ? (time - first.time) / (last.time - first.time) : 1) * (size.width - 8);
  const y = (score: number) => 3 + (1 - (score - low) / (high - low)) * (size.height - 6);
  const points = history.map(({time, score}) => `${x(time).toFixed(1)},${y(score).toFixed(1)}`);
  svg.append(
    svgElement("line", {
      x1: 0,
      x2: size.width,
      y1: y(threshold),
      y2: y(threshold),
      stroke: "var(--threshold)",
      "stroke-opacity": 0.55,
      "stroke-dasharray": "2 3"
    }),
    svgElement("polyline", {
      points: points.join(" "),
      fill: "none",
      stroke: "var(--fake)",
      "stroke-width": 1.6,
      "stroke-linejoin": "round"
    }),
    svgElement("circle", {
      cx: x(last.time),
      cy: y(last.score),
      r: 2.8,
      fill: status === "open" ? "var(--fake)" : "var(--theme-background)",
      stroke: "var(--fake)",
      "stroke-width": 1.4
    })
  );
  return svg;
}
