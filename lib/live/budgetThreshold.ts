import type {PeakRows} from "./peaks.js";

/** What a threshold of so many alerts is found from: peaks with the scores that the new model gives them. */
export interface Peak extends Omit<PeakRows, "table"> {}

/**
 * The lowest threshold that, over these peaks, would have raised no more than so many alerts: an alert is one session, or
 * with a `pause` (milliseconds) a run of peaks of one host without a longer one between them. Two things bound it: no more
 * than one in twenty sessions, or hosts of an hour, is an alert, however many are allowed; and after its first alert, no
 * network counts for more than a twentieth of them, or twice its even share where there are fewer than 40 networks, so
 * that a flood of alerts from one network does not hide others behind a higher threshold: it is told of, beyond the budget.
 */
export function budgetThreshold(peaks: Peak, alerts: number, pause: number | null): number {
  const {score, subject, network, clock, weight} = peaks;
  const most = Math.min(alerts, occasionsIn(peaks, pause) / 20);
  const perNetwork = most * networkShare(new Set(network).size);
  const order = Array.from(score.keys()).sort((a, b) => score[b]! - score[a]! || clock[a]! - clock[b]! || a - b);
  const flagged = new Map<number, number[]>();
  const ofNetwork = new Map<number, number>();
  let total = 0;
  for (const i of order) {
    const before = flagged.get(subject[i]!);
    const isSame = before?.some((time) => pause === null || Math.abs(time - clock[i]!) <= pause) ?? false;
    if (!isSame) {
      const counted = ofNetwork.get(network[i]!) ?? 0;
      // A subject of a sample stands for others, of other networks.
      const more = counted === 0 ? weight[i]! : Math.max(0, Math.min(weight[i]!, perNetwork - counted));
      if (total + more / 2 > most) return score[i]!;
      total += more;
      ofNetwork.set(network[i]!, counted + more);
    }
    if (before === undefined) flagged.set(subject[i]!, [clock[i]!]);
    else if (pause !== null) before.push(clock[i]!);
  }
  // Every peak may be an alert; half as much below the least as it is above 0 has no meaning but to be below it.
  // Without any, nothing is known to be odd.
  return order.length === 0 ? 1 : score[order.at(-1)!]! / 2;
}

/** The share of a whole that one of so many networks may have. */
export function networkShare(networks: number): number {
  return Math.max(1 / 20, Math.min(1, 2 / networks));
}

/**
 * Up to 16,384 scores that stand for the peaks of all subjects, highest of each: as many times as its weight, but no network
 * with more than its share of all.
 */
export function typicalScores({score, subject, network, weight}: Peak): Float64Array {
  const highest = new Map<number, number>();
  for (const [i, s] of score.entries()) {
    const other = highest.get(subject[i]!);
    if (other === undefined || s > score[other]!) highest.set(subject[i]!, i);
  }
  const kept = [...highest.values()].sort((a, b) => score[a]! - score[b]! || a - b);
  const ofNetwork = new Map<number, number>();
  let all = 0;
  for (const i of kept) {
    ofNetwork.set(network[i]!, (ofNetwork.get(network[i]!) ?? 0) + weight[i]!);
    all += weight[i]!;
  }
  const most = all * networkShare(ofNetwork.size);
  const weightOf = (i: number) => weight[i]! * Math.min(1, most / ofNetwork.get(network[i]!)!);
  const sum = kept.reduce((total, i) => total + weightOf(i), 0);
  const scores = new Float64Array(Math.min(mostScores, Math.round(sum)));
  let at = 0;
  let passed = 0;
  for (const i of kept) {
    passed += weightOf(i);
    while (at < scores.length && (at + 0.5) * (sum / scores.length) <= passed) scores[at++] = score[i]!;
  }
  while (at < scores.length) scores[at++] = score[kept.at(-1)!]!;
  return scores;
}

const mostScores = 2 ** 14;

/** Sessions, or hosts in each two pauses of time. */
function occasionsIn({subject, clock, weight}: Peak, pause: number | null): number {
  const counted = new Set<string>();
  let occasions = 0;
  for (const [i, s] of subject.entries()) {
    const key = pause === null ? `${s}` : `${s} ${Math.floor(clock[i]! / (2 * pause))}`;
    if (counted.has(key)) continue;
    counted.add(key);
    occasions += weight[i]!;
  }
  return occasions;
}
