import type {AlertStability} from "../lib/evaluation/alertStability.js";
import {countAbove} from "../lib/evaluation/countAbove.js";
import {normalUpperTail} from "../lib/evaluation/normalDistribution.js";
import {type ScoreMode, valleyOf} from "../lib/evaluation/scoreValley.js";
import {chooseThreshold, type ThresholdRule} from "../lib/evaluation/threshold.js";
import {declarationOf} from "../lib/evaluation/thresholdRules.js";
import {describeColumn} from "../lib/traffic/schema.js";
import {formatCount, formatCounted, formatPercent, formatScore} from "./format.js";
import type {InjectedCell} from "./injectionChart.js";

/** Whether the scores part by themselves, as the title of their chart. */
export function modesTitle(modes: readonly ScoreMode[]): string {
  const valleys = modes.slice(1).map(({from}) => formatScore(from));
  return valleys.length === 0
    ? "The scores have one mode: no gap parts odd rows from ordinary ones"
    : `The scores have ${modes.length} modes, parted at ${inWords(valleys)}`;
}

/** What the modes mean for a threshold, and how many rows lie far out. */
export function modesWords(score: Float64Array, modes: readonly ScoreMode[]): string {
  const beyond = [3, 5, 10].map((deviations) => {
    const rows = countAbove(score, chooseThreshold(score, {rule: "mad", deviations}));
    return `${formatCount(rows)} beyond ${deviations}\u00a0MAD`;
  });
  const valley = valleyOf(modes);
  const above = valley === null ? 0 : countAbove(score, valley.threshold);
  const choice = "a threshold is a choice of how much to look at, not a border that the rows show.";
  const group =
    valley !== null
      ? `Above the valley at ${formatScore(valley.threshold)} ${above === 1 ? "is" : "are"} ${formatCounted(above, "row")}. To stand apart is not to be fake.`
      : modes.length === 1
        ? `So ${choice}`
        : `None of the higher ones lies far enough apart to be a group of odd rows, so ${choice}`;
  const normal = Math.round(score.length * normalUpperTail(3));
  return `${group} Of ${formatCounted(score.length, "row")}, ${inWords(beyond)} above the median; of normally distributed scores, ${normal === 0 ? "hardly any" : `about ${formatCount(normal)}`} would be beyond 3.`;
}

/** How many of the rows that are ever flagged chance decides, as a title. */
export function stabilityTitle({always, sometimes}: AlertStability, forests: number): string {
  const ever = always + sometimes;
  if (forests < 2) return "It takes two forests to tell";
  if (ever === 0) return `None of ${forests} forests flags a row`;
  return `${formatCount(always)} of ${formatCounted(ever, "row")} are flagged whatever the seed, ${formatCount(sometimes)} by chance`;
}

/** The alerts that two seeds share, as a title. */
export function sharedTitle({alerts, jaccard}: AlertStability): string {
  if (alerts.length < 2) return "There is no other forest to share with";
  return Number.isNaN(jaccard)
    ? "There are no alerts to share"
    : `Two seeds share ${formatPercent(jaccard, 0)} of the rows that either flags`;
}

/** How many of the most anomalous rows unlike kinds agree on, as a title. */
export function kindsTitle({always}: AlertStability, {kinds, top}: {kinds: number; top: number}): string {
  if (kinds < 2) return "It takes two kinds of forest to agree";
  if (top === 0) return "Nothing is flagged, so there is nothing to agree on";
  if (top === 1) return `All ${kinds} kinds ${always === 1 ? "name the same row" : "do not name the same row"} first`;
  return `All ${kinds} kinds of forest name ${formatCount(always)} of the same ${formatCounted(top, "row")}`;
}

/** The forests that the rule has no answer for, as a sentence; empty without any. */
export function unansweredWords(names: readonly string[]): string {
  if (names.length === 0) return "";
  return ` The rule has no threshold for the scores of ${inWords(names)}, which ${names.length === 1 ? "is" : "are"} left out.`;
}

/**
 * Which injected kinds are mostly caught, as a title; it never speaks of real ones. While injecting goes on it waits for
 * all of them at full strength, afterwards it speaks of those that could be judged.
 */
export function injectionTitle(
  cells: readonly InjectedCell[],
  {kinds, isGoing}: {kinds: readonly string[]; isGoing: boolean}
): string {
  const caught = (strength: number) =>
    cells.filter((cell) => cell.strength === strength && kinds.includes(cell.kind) && cell.recall > 0.5).length;
  const known = (strength: number) =>
    kinds.filter((kind) => cells.some((cell) => cell.kind === kind && cell.strength === strength)).length;
  const full = known(1);
  if (kinds.length === 0) return "No kind is injected";
  if (full < kinds.length && isGoing) return "Injecting simulated fakes …";
  if (full === 0) return "No injected kind could be judged";
  const isHalf = known(0.5) === kinds.length;
  const judged = full < kinds.length ? " that could be judged" : "";
  const half = isHalf ? `, ${formatCount(caught(0.5))} at half strength` : "";
  return `Of ${formatCounted(full, "injected kind")}${judged}, ${formatCount(caught(1))} ${caught(1) === 1 ? "is" : "are"} mostly caught at full strength${half}`;
}

/** What injected rows do to the alerts of real ones, and what the rule keeps them from. */
export function crowdingWords(
  cells: readonly InjectedCell[],
  at: {flagged: number; rows: number; rule: ThresholdRule; days: number}
): string {
  const {flagged, rows, rule} = at;
  const [cell] = cells;
  if (cell === undefined) return "";
  const shares = cells.map((cell) => cell.flagged / cell.real);
  const least = shares.reduce((a, b) => Math.min(a, b));
  const most = shares.reduce((a, b) => Math.max(a, b));
  const stays = rule.rule === "fixed" || declarationOf(rule.rule).needs === "labels";
  const moves = stays ? "injected rows change the forest" : "injected rows move the threshold";
  const crowding = `With injected rows among them ${formatPercent(least)} to ${formatPercent(most)} of the real rows are flagged, ${formatPercent(flagged / rows)} without: ${moves}, and every forest differs by chance.`;
  const budget = mostFlagged(cell, at);
  if (budget >= cell.injected) return crowding;
  return `${crowding} The rule flags at most ${formatCounted(budget, "row")}, so that more of the ${formatCount(cell.injected)} injected ones cannot be caught, however odd they are.`;
}

// Rules with a budget of rows flag no more; of a sample, the share that they flag of all rows.
function mostFlagged(
  {real, injected}: InjectedCell,
  {flagged, rows, rule, days}: {flagged: number; rows: number; rule: ThresholdRule; days: number}
): number {
  const last = real + injected - 1;
  if (rule.rule === "quantile") return Math.ceil(rule.share * last);
  if (rule.rule !== "alerts") return Number.POSITIVE_INFINITY;
  return real < rows ? Math.ceil((flagged / rows) * last) : Math.floor(rule.perDay * days);
}

/** Which features an injection moves, and which it takes from real rows. */
export function movedWords(features: readonly string[], simulated: readonly string[]): string {
  const titles = (names: readonly string[]) => inWords(names.map((name) => `“${describeColumn(name).title}”`));
  const others = features.filter((name) => !simulated.includes(name));
  if (simulated.length === 0) {
    return "The simulation knows none of these features, so what is injected needs no meaning: values that are rare, or that do not belong together.";
  }
  const rest =
    others.length === 0
      ? ""
      : `; ${titles(others)} ${others.length === 1 ? "stays" : "stay"} as in the copied row, as the simulation does not know ${others.length === 1 ? "it" : "them"}`;
  return `Simulated requests give ${titles(simulated)}${rest}.`;
}

function inWords(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
