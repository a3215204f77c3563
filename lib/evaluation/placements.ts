import type {ScoreLevels} from "./scoreLevels.js";

/** Where the levels of a score stand in the other class: whole numbers, twice the rows, so that ties count one each. */
export interface Placements {
  /** Twice the genuine rows below the level, plus those at it. */
  readonly genuineBelow: Float64Array;
  /** Twice the fake rows above the level, plus those at it. */
  readonly fakeAbove: Float64Array;
}

/**
 * The placement of each level in the other class. The mean of genuineBelow over fake rows, and that of fakeAbove over
 * genuine ones, is the area under the ROC curve times twice the rows of the other class.
 */
export function placements({fake, genuine, positives}: ScoreLevels): Placements {
  const genuineBelow = new Float64Array(fake.length);
  const fakeAbove = new Float64Array(fake.length);
  let below = 0;
  let above = positives;
  for (let i = 0; i < fake.length; ++i) {
    above -= fake[i]!;
    genuineBelow[i] = 2 * below + genuine[i]!;
    fakeAbove[i] = 2 * above + fake[i]!;
    below += genuine[i]!;
  }
  return {genuineBelow, fakeAbove};
}

/**
 * The placement of each row in the other class, genuineBelow of a fake row and fakeAbove of a genuine one, where the levels
 * are those of these rows; 0 where the label is unknown.
 */
export function placementsOfRows(
  label: ArrayLike<number>,
  score: ArrayLike<number>,
  levels: ScoreLevels
): Float64Array {
  const {genuineBelow, fakeAbove} = placements(levels);
  const indexOf = levelIndex(levels.level);
  const placement = new Float64Array(label.length);
  for (let row = 0; row < placement.length; ++row) {
    const y = label[row]!;
    if (!Number.isNaN(y)) placement[row] = (y === 1 ? genuineBelow : fakeAbove)[indexOf(score[row]!)]!;
  }
  return placement;
}

/**
 * Finds a level’s index by its value. A table of as many even steps as there are levels leaves few of them to search: half
 * the time of bisecting a million levels, most of which are outside the cache.
 */
function levelIndex(level: Float64Array): (value: number) => number {
  const k = level.length;
  const first = level[0]!;
  const steps = k / (level[k - 1]! - first);
  const even = steps > 0 && steps < Infinity;
  const stepOf = (value: number) => (even ? Math.floor((value - first) * steps) : 0);
  const start = new Uint32Array(k + 2);
  for (let i = 0; i < k; ++i) ++start[stepOf(level[i]!) + 1]!;
  for (let step = 1; step < start.length; ++step) start[step]! += start[step - 1]!;
  return (value) => {
    const step = stepOf(value);
    let low = start[step]!;
    let high = start[step + 1]! - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (level[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
