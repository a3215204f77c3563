import {html} from "htl";
import type {ClusterSummary} from "./clusterRows.js";
import {palette, scoreColor, trafficTypes} from "./palette.js";

/** What the map’s colors show. */
export type MapColor = "score" | "prediction" | "label";

/** The choices, in words. */
export const colorNames: Record<MapColor, string> = {prediction: "prediction", score: "score", label: "label"};
/** The background of a marker: a ring of shares, or the color of the highest score. */
export function fillOf(
  {count, flagged, types, highest}: ClusterSummary,
  color: MapColor,
  [low, high]: readonly [number, number]
): string {
  switch (color) {
    case "score":
      return scoreColor((highest - low) / (high - low));
    case "prediction":
      return ring([[flagged, palette.fake], [count - flagged, palette.genuine]], count); // biome-ignore format: parts
    case "label":
      return ring([[types[1], palette.fake], [types[0], palette.genuine], [types[2], palette.unknown]], count); // biome-ignore format: parts
  }
}

function ring(parts: readonly (readonly [number, string])[], total: number): string {
  let from = 0;
  const stops = parts.map(([count, color]) => {
    const to = from + (count / total) * 100;
    const stop = `${color} ${from.toFixed(1)}% ${to.toFixed(1)}%`;
    from = to;
    return stop;
  });
  return `conic-gradient(${stops.join(", ")})`;
}

/** The key of the colors. */
export function legendOf(color: MapColor, [low, high]: readonly [number, number]): Node[] {
  const key = (name: string, fill: string) => html`<span style=${{"--color": fill}}>${name}</span>`;
  switch (color) {
    case "prediction":
      return [key("flagged", palette.fake), key("left alone", palette.genuine)];
    case "label":
      return trafficTypes.map(({short, color}) => key(short, color));
    case "score":
      return [
        html`<span class="ramp">${low.toFixed(2)} <i style=${{background: `linear-gradient(to right, ${scoreColor(0)}, ${scoreColor(1)})`}}></i> ${high.toFixed(2)}</span>`
      ];
  }
}
