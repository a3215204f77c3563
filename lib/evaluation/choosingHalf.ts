import {randomSource} from "../random.js";
import {declarationOf, type ThresholdRule} from "./thresholdRules.js";
import {validateLengths, validateRow} from "./validate.js";

// Apart from the streams in which trees grow and traffic is simulated, so that no half follows either.
const firstStream = 0x68616c66;

/**
 * The labelled rows that a threshold is chosen on, the others being left to report on: 1 where the row belongs to the
 * choosing half, otherwise 0. Rows of one client resemble each other, so that a report on some of them would flatter what
 * was chosen on others: where `client` has codes, half of the clients are drawn, with all of their rows; rows of code −1
 * are clients of their own, as all rows are without it. Drawn without replacement, among clients with a fake row and among
 * the others; of an odd number the choosing half has one more, so that a single one leaves nothing to report on. Rows of
 * unknown label (NaN) belong to neither half. The same rows in the same order and the same seed, 1 by default, give the
 * same half. Throws on other labels and lengths that differ.
 * Knuth 1997, “The art of computer programming”, volume 2, section 3.4.2, algorithm S, for each class.
 */
export function choosingHalf(
  label: ArrayLike<number>,
  {client, seed = 1}: {client?: ArrayLike<number> | null; seed?: number} = {}
): Uint8Array {
  const group = client ? groupsOf(label, client) : Int32Array.from({length: label.length}, (_, row) => row);
  // Of each group, in the order of their first rows: 1 if any row is fake, 0 if one is genuine, otherwise −1.
  const kind = new Int8Array(label.length).fill(-1);
  for (let row = 0; row < label.length; ++row) {
    const y = label[row]!;
    validateRow(y, 0, row);
    if (!Number.isNaN(y)) kind[group[row]!] = Math.max(kind[group[row]!]!, y);
  }
  const isDrawn = drawHalf(kind, seed);
  return Uint8Array.from(group, (g, row) => (Number.isNaN(label[row]!) ? 0 : isDrawn[g]!));
}

/**
 * The labels that a report on the rule’s threshold may use: NaN where the rule has seen the label of the row, or of another
 * of its client, to choose; all of them for rules that need no labels. A copy.
 */
export function reportedLabels(
  label: ArrayLike<number>,
  rule: ThresholdRule,
  client?: ArrayLike<number> | null
): Float64Array {
  const labels = new Float64Array(label);
  if (declarationOf(rule.rule).needs !== "labels") return labels;
  const half = choosingHalf(label, {client});
  for (let row = 0; row < labels.length; ++row) if (half[row] === 1) labels[row] = NaN;
  return labels;
}

/** A number for each client, in the order of their first rows. */
function groupsOf(label: ArrayLike<number>, client: ArrayLike<number>): Int32Array {
  validateLengths(label, client);
  const known = new Map<number, number>();
  let groups = 0;
  return Int32Array.from({length: label.length}, (_, row) => {
    const code = client[row]!;
    const group = known.get(code) ?? groups++;
    if (code >= 0) known.set(code, group);
    return group;
  });
}

function drawHalf(kind: Int8Array, seed: number): Uint8Array {
  const left = [0, 0];
  for (const y of kind) if (y >= 0) ++left[y]!;
  const wanted = left.map((groups) => Math.ceil(groups / 2));
  const random = left.map((_, y) => randomSource(seed, firstStream + y));
  const isDrawn = new Uint8Array(kind.length);
  for (let group = 0; group < kind.length; ++group) {
    const y = kind[group]!;
    if (y < 0 || random[y]!() * left[y]!-- >= wanted[y]!) continue;
    isDrawn[group] = 1;
    --wanted[y]!;
  }
  return isDrawn;
}
