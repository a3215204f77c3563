/** Throws unless there are as many labels as scores; where they are something else, `what` is their plural. */
export function validateLengths(label: ArrayLike<number>, score: ArrayLike<number>, what = "labels"): void {
  if (label.length !== score.length) throw new RangeError(`expected ${score.length} ${what}, got: ${label.length}`);
}

/** Throws unless the count is a whole number of at least so many; `what` is its name. */
export function validateCount(count: number, least: number, what: string): void {
  if (!Number.isSafeInteger(count) || count < least) throw new RangeError(`invalid ${what}: ${count}`);
}

/** Throws unless the label is 1 (fake), 0 (genuine) or NaN (unknown) and the score finite; rows count from 0. */
export function validateRow(label: number, score: number, row: number): void {
  if (label !== 0 && label !== 1 && !Number.isNaN(label)) throw new RangeError(`invalid label at row ${row}: ${label}`);
  validateScore(score, row);
}

/** Throws unless the score is finite; rows count from 0. */
export function validateScore(score: number, row: number): void {
  if (!Number.isFinite(score)) throw new RangeError(`invalid score at row ${row}: ${score}`);
}
