import {expect, test} from "vitest";
import {alertStability} from "../../lib/evaluation/alertStability.js";
import {injectedRecall} from "../../lib/evaluation/injectedRecall.js";
import type {ThresholdRule} from "../../lib/evaluation/threshold.js";
import type {InjectedCell} from "../../src/components/injectionChart.js";
import {
  crowdingWords,
  injectionTitle,
  kindsTitle,
  modesTitle,
  modesWords,
  movedWords,
  sharedTitle,
  stabilityTitle,
  unansweredWords
} from "../../src/components/withoutLabels.js";

const one = {score: 0.5, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, share: 1, depth: Number.NaN};
const low = {...one, to: 0.6, share: 0.9};
const high = {...one, score: 0.7, from: 0.6, share: 0.1, depth: 0.5};
const score = Float64Array.from({length: 1000}, (_, row) => (row < 900 ? 0.4 + row / 9000 : 0.7));

test("modesTitle(modes) and modesWords(score, modes) say whether there is a border", () => {
  expect(modesTitle([one])).toBe("The scores have one mode: no gap parts odd rows from ordinary ones");
  expect(modesTitle([low, high])).toBe("The scores have 2 modes, parted at 0.600");
  expect(modesWords(score, [one])).toMatch(/^So a threshold is a choice of how much to look at/);
  expect(modesWords(score, [low, high])).toMatch(
    /^Above the valley at 0\.600 are 100 rows\. To stand apart is not to be fake\./
  );
  const shallow = {...high, depth: 0.1};
  expect(modesWords(score, [low, shallow])).toMatch(/^None of the higher ones lies far enough apart/);
  expect(modesWords(score, [one])).toContain("about 1 would be beyond 3");
  expect(modesWords(Float64Array.of(0.5), [one])).toContain("hardly any would be beyond 3");
});

test("stabilityTitle, sharedTitle and kindsTitle say what all forests agree on", () => {
  const stability = alertStability([Uint8Array.of(1, 1, 0, 1), Uint8Array.of(1, 0, 0, 1)]);
  expect(stabilityTitle(stability, 2)).toBe("2 of 3 rows are flagged whatever the seed, 1 by chance");
  expect(sharedTitle(stability)).toBe("Two seeds share 67\u00a0% of the rows that either flags");
  expect(kindsTitle(stability, {kinds: 2, top: 3})).toBe("All 2 kinds of forest name 2 of the same 3 rows");
  const none = alertStability([Uint8Array.of(0), Uint8Array.of(0)]);
  expect(stabilityTitle(none, 2)).toBe("None of 2 forests flags a row");
  expect(sharedTitle(none)).toBe("There are no alerts to share");
  expect(kindsTitle(none, {kinds: 2, top: 0})).toBe("Nothing is flagged, so there is nothing to agree on");
});

test("injectionTitle(cells, kinds) counts the injected kinds of which more than half is caught", () => {
  const cells = [cell("a", 1, 9), cell("b", 1, 5), cell("a", 0.5, 2), cell("b", 0.5, 1), cell("hidden", 1, 10)];
  const done = {kinds: ["a", "b"], isGoing: false};
  expect(injectionTitle(cells, done)).toBe(
    "Of 2 injected kinds, 1 is mostly caught at full strength, 0 at half strength"
  );
  expect(injectionTitle(cells.slice(0, 2), done)).toBe("Of 2 injected kinds, 1 is mostly caught at full strength");
  expect(injectionTitle(cells.slice(0, 1), {...done, isGoing: true})).toBe("Injecting simulated fakes …");
  expect(injectionTitle(cells.slice(0, 1), done)).toBe(
    "Of 1 injected kind that could be judged, 1 is mostly caught at full strength"
  );
  expect(injectionTitle([], done)).toBe("No injected kind could be judged");
  expect(injectionTitle(cells, {...done, kinds: []})).toBe("No kind is injected");
});

test("crowdingWords(cells, alerts) says when the rule leaves no room for all injected rows", () => {
  const alerts = {flagged: 10, rows: 100, days: 2};
  const cells = [cell("a", 1, 5)];
  expect(crowdingWords(cells, {...alerts, rule: {rule: "mad", deviations: 3}})).not.toContain("cannot be caught");
  expect(crowdingWords(cells, {...alerts, rule: {rule: "quantile", share: 0.2}})).not.toContain("cannot be caught");
  expect(crowdingWords(cells, {...alerts, rule: {rule: "quantile", share: 0.05}})).toContain(
    "The rule flags at most 6 rows, so that more of the 10 injected ones cannot be caught"
  );
  expect(crowdingWords(cells, {...alerts, rule: {rule: "alerts", perDay: 3}})).toContain("at most 6 rows");
  expect(crowdingWords(cells, {...alerts, rule: {rule: "alerts", perDay: 5}})).not.toContain("cannot be caught");
  const sampled = {...alerts, rows: 10_000, rule: {rule: "alerts", perDay: 9} as const};
  expect(crowdingWords(cells, {...sampled, flagged: 500})).toContain("at most 6 rows");
  expect(crowdingWords(cells, {...sampled, flagged: 10_000})).not.toContain("cannot be caught");
  expect(crowdingWords([], {...alerts, rule: {rule: "mad", deviations: 3}})).toBe("");
});

test("crowdingWords(cells, alerts) says that injected rows move only a threshold that follows the scores", () => {
  const words = (rule: ThresholdRule) => crowdingWords([cell("a", 1, 5)], {flagged: 10, rows: 100, days: 2, rule});
  expect(words({rule: "mad", deviations: 3})).toContain("injected rows move the threshold");
  for (const rule of [{rule: "fixed", value: 0.5}, {rule: "youden"}] as const) {
    expect(words(rule)).toContain("injected rows change the forest, and every forest differs");
  }
});

test("titles say when there are too few forests, and unansweredWords names those without a threshold", () => {
  const alone = alertStability([Uint8Array.of(1, 0)]);
  expect(stabilityTitle(alone, 1)).toBe("It takes two forests to tell");
  expect(sharedTitle(alone)).toBe("There is no other forest to share with");
  expect(kindsTitle(alone, {kinds: 1, top: 1})).toBe("It takes two kinds of forest to agree");
  expect(unansweredWords([])).toBe("");
  expect(unansweredWords(["seed 2", "seed 4"])).toBe(
    " The rule has no threshold for the scores of seed 2 and seed 4, which are left out."
  );
});

test("movedWords(features, simulated) says which features stay those of real rows", () => {
  expect(movedWords(["request_rate", "hour"], ["request_rate"])).toBe(
    "Simulated requests give “Request rate”; “Hour” stays as in the copied row, as the simulation does not know it."
  );
  expect(movedWords(["request_rate", "error_share"], ["request_rate", "error_share"])).toBe(
    "Simulated requests give “Request rate” and “Error share”."
  );
  expect(movedWords(["bytes"], [])).toMatch(/^The simulation knows none of these features/);
});

/** A hundred real rows, of which 10 are flagged, and 10 injected ones, of which so many are. */
function cell(kind: string, strength: number, caught: number): InjectedCell {
  const label = Float64Array.from({length: 110}, (_, row) => (row < 100 ? Number.NaN : 1));
  const score = Float64Array.from({length: 110}, (_, row) => Number(row < 10 || (row >= 100 && row < 100 + caught)));
  return {kind, strength, ...injectedRecall(label, score, 0.5)};
}
