/** Labels and scores by whole-number arithmetic, so that R can make the same. */
export const sequences = {
  /** 70 of 200 fake, scores 0 to 6. */
  ties: rows(
    200,
    (i) => (i * i * 31 + 17 * i) % 23 < 7,
    (i, y) => Math.floor(((i * i * 7919 + i * 31) % 101) / 20) + y
  ),
  /** A single fake row. */
  oneFake: rows(
    30,
    (i) => i === 11,
    (i) => (i * i * 7 + i * 3) % 13
  ),
  /** Two genuine rows. */
  twoGenuine: rows(
    25,
    (i) => i !== 4 && i !== 19,
    (i) => (i * i * 5 + i) % 17
  ),
  /** 268 of 3,000 fake, up to 1,309 distinct scores. */
  large: rows(
    3000,
    (i) => (i * i * 31 + 17 * i) % 101 < 9,
    (i, y) => ((i * i * 7919 + i * 31) % 1009) + 300 * y
  ),
  constant: {label: [0, 1, 1, 0, 0], score: [4, 4, 4, 4, 4]},
  /** The highest scores are a tie of both classes. */
  tieAtTop: {label: [1, 1, 0, 0, 1, 0, 1, 0, 0], score: [9, 9, 9, 5, 5, 5, 5, 1, 1]},
  /** The highest scores are genuine. */
  genuineAtTop: {label: [0, 0, 1, 1, 0, 1], score: [9, 9, 8, 8, 8, 1]}
};

/** A second score of rows of a sequence, whole and third parts. */
export function second(score: readonly number[]): number[] {
  return score.map((s, i) => ((s * 7 + (i + 1) * (i + 1)) % 19) + s / 3);
}

function rows(n: number, isFake: (i: number) => boolean, score: (i: number, y: number) => number) {
  const label = Array.from({length: n}, (_, i) => Number(isFake(i)));
  return {label, score: label.map((y, i) => score(i, y))};
}
