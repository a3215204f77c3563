import type {Trained} from "./modelControl.js";
import type {Threshold} from "./thresholdControl.js";

/** What a loader says to make this forest. */
export function modelCode({
  options,
  parameters,
  features
}: Pick<Trained, "options" | "parameters" | "features">): string {
  const names = features.map((name) => JSON.stringify(name));
  return `features: [${lines(names)}],
forest: {${formatOptions({options, parameters})}},`;
}

/** The options of a forest as TypeScript, the seed always among them. */
export function formatOptions({options, parameters}: Pick<Trained, "options" | "parameters">): string {
  const {preset, ...rest} = {...options, seed: parameters.seed};
  return Object.entries({preset, ...rest})
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join(", ");
}

// One line, or several where one would be too long for a narrow window.
function lines(names: readonly string[]): string {
  const one = names.join(", ");
  return one.length <= 60 ? one : `${names.map((name) => `\n  ${name}`).join(",")}\n`;
}

/** The call that chose the threshold, with its result. */
export function thresholdCode({rule, value}: Threshold): string {
  const parameters = Object.entries(rule).map(([key, parameter]) => `${key}: ${JSON.stringify(parameter)}`);
  return `const threshold = chooseThreshold(score, {${parameters.join(", ")}}); // ${value.toFixed(4)}`;
}
