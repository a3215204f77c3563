/**
 * How up to six curves over each other are told apart, also by colour-blind readers and in print: by color and by
 * dashes. The values of the colors, light and dark, are declared in charts.css.
 */
export const seriesColors = [
  {color: "var(--series-1)", dashes: "none"},
  {color: "var(--series-2)", dashes: "8 3"},
  {color: "var(--series-3)", dashes: "2 3"},
  {color: "var(--series-4)", dashes: "10 3 2 3"},
  {color: "var(--series-5)", dashes: "5 2"},
  {color: "var(--series-6)", dashes: "1 2 6 2"}
] as const;
