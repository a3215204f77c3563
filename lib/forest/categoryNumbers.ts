import type {ForestParameters} from "./parameters.js";
import {randomNormal} from "./randomNormal.js";

/**
 * A number for each category of a split, so that a threshold can part them: 0 and 1 for the sides when the split is
 * along this feature alone and nothing guides it, otherwise a normal number each; with `single`, 0 for one of them and 1
 * for the others. Categories that the node has not seen get NaN, as a missing value, unless `newCategories` gives them a
 * side. `seen` counts the rows of each category in the node; at least two of them are not 0.
 */
export function categoryNumbers(
  seen: Uint32Array,
  {categories, newCategories}: ForestParameters,
  isParting: boolean,
  random: () => number
): Float64Array {
  const present = Array.from(seen.keys()).filter((category) => seen[category]! > 0);
  const numbers = new Float64Array(seen.length).fill(Number.NaN);
  if (categories === "single") {
    const one = present[Math.floor(random() * present.length)]!;
    for (const category of present) numbers[category] = category === one ? 0 : 1;
  } else if (isParting) {
    let right = 0;
    while (right === 0 || right === present.length) {
      right = 0;
      for (const category of present) right += numbers[category] = random() < 0.5 ? 0 : 1;
    }
  } else {
    for (const category of present) numbers[category] = randomNormal(random);
  }
  if (newCategories === "weighted") return numbers;
  const [low, high] = extremes(numbers);
  let rows = 0;
  let lowRows = 0;
  for (const category of present) {
    rows += seen[category]!;
    if (numbers[category]! <= (low + high) / 2) lowRows += seen[category]!;
  }
  for (const [category, count] of seen.entries()) {
    if (count > 0) continue;
    const isLow = newCategories === "smallest" ? 2 * lowRows <= rows : random() < 0.5;
    numbers[category] = isLow ? low : high;
  }
  return numbers;
}

function extremes(numbers: Float64Array): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const x of numbers) {
    if (x < low) low = x;
    if (x > high) high = x;
  }
  return [low, high];
}
