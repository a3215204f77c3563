import * as Plot from "@observablehq/plot";
import {formatCount, formatCounted} from "./format.js";

/** How many rows are flagged by how many of several forests: bars for 1 up to all, with their counts. */
export function votesChart(
  timesFlagged: ArrayLike<number>,
  {forests, width = 320, height = 190, color}: {forests: number; width?: number; height?: number; color: string}
): HTMLElement {
  const bars = rowsByVotes(timesFlagged, forests).map((rows, i) => ({votes: i + 1, rows}));
  const plot = Plot.plot({
    width,
    height,
    marginTop: 20,
    marginLeft: 12,
    marginRight: 12,
    marginBottom: 40,
    x: {
      type: "band",
      domain: bars.map(({votes}) => votes),
      padding: 0.25,
      tickSize: 0,
      label: `forests of ${forests} that flag the row`,
      labelArrow: "none",
      labelAnchor: "center"
    },
    y: {axis: null, domain: [0, Math.max(1, ...bars.map(({rows}) => rows))]},
    marks: [
      Plot.barY(bars, {
        x: "votes",
        y: "rows",
        fill: color,
        fillOpacity: ({votes}: {votes: number}) => (votes === forests ? 1 : 0.45),
        title: ({votes, rows}: {votes: number; rows: number}) =>
          `${formatCounted(rows, "row")} flagged by ${votes} of ${forests}`,
        tip: {fill: "var(--theme-background)"}
      }),
      Plot.text(bars, {
        x: "votes",
        y: "rows",
        text: ({rows}: {rows: number}) => formatCount(rows),
        dy: -9,
        fontSize: 13
      }),
      Plot.ruleY([0], {stroke: "var(--theme-foreground-fainter)"})
    ]
  });
  return plot as unknown as HTMLElement;
}

/** The number of rows that 1, 2, … up to all of the forests flag. */
export function rowsByVotes(timesFlagged: ArrayLike<number>, forests: number): number[] {
  const counts = Array.from({length: forests}, () => 0);
  for (let row = 0; row < timesFlagged.length; ++row) if (timesFlagged[row]! > 0) ++counts[timesFlagged[row]! - 1]!;
  return counts;
}
