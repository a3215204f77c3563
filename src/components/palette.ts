/** What colors mean, everywhere. Their values, light and dark, are declared in style.css. */
export const palette = {
  genuine: "var(--genuine)",
  fake: "var(--fake)",
  unknown: "var(--unknown)",
  injected: "var(--injected)",
  muted: "var(--theme-foreground-muted)"
} as const;

/** The display names of labels, with their colors, in the order of legends and stacks. */
export const trafficTypes = [
  {name: "Genuine Traffic", short: "genuine", color: palette.genuine},
  {name: "Fake Traffic", short: "fake", color: palette.fake},
  {name: "Unknown", short: "unknown", color: palette.unknown}
] as const;

/** The index in `trafficTypes` of a label: 0 genuine, 1 fake, missing unknown. */
export function trafficType(label: number | undefined): 0 | 1 | 2 {
  return label === 0 ? 0 : label === 1 ? 1 : 2;
}

/** The color on the score ramp for a share of the way from the lowest to the highest score, 0 to 1. */
export function scoreColor(share: number): string {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return `color-mix(in oklab, var(--score-high) ${percent}%, var(--score-low))`;
}
