import {WeightedDraw} from "./weightedDraw.js";

/** Draws the rows of one tree after another. */
export type SampleDraw = (random: () => number) => Uint32Array;

/** A draw of so many of the rows, each tree from all of them; in proportion to `weights` if there are any. */
export function sampleDraw(rows: number, size: number, replacement: boolean, weights: Float64Array | null): SampleDraw {
  if (weights !== null) return weightedSample(size, replacement, weights);
  return replacement ? (random) => withReplacement(rows, size, random) : shuffledSample(rows, size);
}

function withReplacement(rows: number, size: number, random: () => number): Uint32Array {
  return Uint32Array.from({length: size}, () => Math.floor(random() * rows));
}

// A partial Fisher–Yates shuffle, undone afterwards: each tree starts from the same order, at the cost of the sample alone.
function shuffledSample(rows: number, size: number): SampleDraw {
  const order = new Uint32Array(rows);
  for (let i = 0; i < rows; ++i) order[i] = i;
  const sample = new Uint32Array(size);
  const swapped = new Uint32Array(size);
  return (random) => {
    for (let i = 0; i < size; ++i) {
      const k = i + Math.floor(random() * (rows - i));
      const row = order[k]!;
      order[k] = order[i]!;
      order[i] = row;
      sample[i] = row;
      swapped[i] = k;
    }
    for (let i = size - 1; i >= 0; --i) {
      const k = swapped[i]!;
      const row = order[i]!;
      order[i] = order[k]!;
      order[k] = row;
    }
    return sample;
  };
}

function weightedSample(size: number, replacement: boolean, given: Float64Array): SampleDraw {
  const most = given.reduce((a, b) => Math.max(a, b), 0);
  // So that their sum is finite.
  const weights = given.map((weight) => weight / most);
  const draw = new WeightedDraw(weights);
  return (random) => {
    const sample: number[] = [];
    while (sample.length < size) {
      const row = draw.take(random);
      if (row < 0) break;
      sample.push(row);
      if (replacement) draw.weigh(row, weights[row]!);
    }
    if (!replacement) for (const row of sample) draw.weigh(row, weights[row]!);
    return Uint32Array.from(sample);
  };
}
