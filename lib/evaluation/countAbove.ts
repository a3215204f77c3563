/** How many rows are flagged: those whose score is greater than the threshold. Scores of NaN are not. */
export function countAbove(score: ArrayLike<number>, threshold: number): number {
  let count = 0;
  for (let row = 0; row < score.length; ++row) if (score[row]! > threshold) ++count;
  return count;
}
