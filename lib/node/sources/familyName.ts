/** What the name of a log’s file tells: of which log it is a part, and where among its predecessors. */
export interface FamilyName {
  /** The name that the log has while it is written; it may be that no file has it. */
  readonly base: string;
  /** What rotation has added, such as `1` or `20261128`; empty where it has added nothing. */
  readonly suffix: string;
}

/**
 * The family of a file by its name: `access.log.1`, `access.log.2.gz`, `access.log-20261128`, `access-2026-11-28.log` and
 * `access.log.old` are all of `access.log`.
 */
export function familyName(name: string): FamilyName {
  const plain = name.replace(/\.gz$/i, "");
  const [, base, number, date] = behind.exec(plain) ?? [];
  if (base !== undefined) return {base, suffix: number ?? date!};
  const [, stem, within, extension] = between.exec(plain) ?? [];
  if (stem !== undefined) return {base: stem + extension, suffix: within!};
  return {base: plain, suffix: plain === name ? "" : "0"};
}

/** Orders suffixes of one family from older to newer, so far as they tell: numbers fall, dates rise. */
export function compareSuffixes(a: string, b: string): number {
  const [m, n] = [numberOf(a), numberOf(b)];
  if (m !== null && n !== null) return n - m;
  return a < b ? -1 : a > b ? 1 : 0;
}

function numberOf(suffix: string): number | null {
  return /^\d{1,5}$/.test(suffix) ? Number(suffix) : suffix === "old" ? 1 : null;
}

const date = String.raw`(?:(?:19|20)\d\d[-._]?[01]\d[-._]?[0-3]\d|\d\d-[01]\d-[0-3]\d)[-._:T\d]*Z?|\d{10}`;
const behind = new RegExp(String.raw`^(.+?)(?:\.(\d{1,5}|old)|[-._](${date}))$`);
const between = new RegExp(String.raw`^(.+?)[-._](${date})(\.[A-Za-z]\w*)$`);
