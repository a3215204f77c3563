import type {ScoreLevels} from "./scoreLevels.js";

/**
 * Draws stratified bootstrap replicates of labelled rows: each class is drawn with replacement to its own size, so that
 * the share of fake rows stays. A replicate has the levels that were drawn at all. It takes uniform numbers in [0, 1),
 * one for each fake row, then one for each genuine one. Its arrays hold until the next is drawn.
 * Efron and Tibshirani 1993, “An introduction to the bootstrap”, section 8.3.
 */
export function resampleLevels(levels: ScoreLevels): (random: () => number) => ScoreLevels {
  const {positives, negatives} = levels;
  const k = levels.level.length;
  const levelOfFake = levelOfRow(levels.fake, positives);
  const levelOfGenuine = levelOfRow(levels.genuine, negatives);
  const level = new Float64Array(k);
  const fake = new Uint32Array(k);
  const genuine = new Uint32Array(k);
  return (random) => {
    draw(levelOfFake, fake, random);
    draw(levelOfGenuine, genuine, random);
    let drawn = 0;
    for (let i = 0; i < k; ++i) {
      const f = fake[i]!;
      const g = genuine[i]!;
      level[drawn] = levels.level[i]!;
      fake[drawn] = f;
      genuine[drawn] = g;
      if (f + g > 0) ++drawn;
    }
    return {
      level: level.subarray(0, drawn),
      fake: fake.subarray(0, drawn),
      genuine: genuine.subarray(0, drawn),
      positives,
      negatives
    };
  };
}

function levelOfRow(count: Uint32Array, rows: number): Uint32Array {
  const level = new Uint32Array(rows);
  for (let i = 0, row = 0; i < count.length; ++i) {
    const end = row + count[i]!;
    level.fill(i, row, end);
    row = end;
  }
  return level;
}

function draw(level: Uint32Array, count: Uint32Array, random: () => number): void {
  const n = level.length;
  count.fill(0);
  for (let i = 0; i < n; ++i) {
    const drawn = level[Math.floor(random() * n)]!;
    count[drawn] = count[drawn]! + 1;
  }
}
