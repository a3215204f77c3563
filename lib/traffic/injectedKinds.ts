import {fakes} from "./scenarios/fakes.js";
import type {SessionBehaviour} from "./scenarios/scenario.js";
import {sessionFeatureNames} from "./sessionFeatures.js";

/** A behaviour that can be injected among real rows. */
export interface InjectedKind {
  readonly kind: string;
  /** One sentence: what such a row does. */
  readonly meaning: string;
  /** How its rows are made: by simulated requests, or from other rows without knowing what a feature means. */
  readonly way: SessionBehaviour | "outlying" | "mixed";
}

/** Every kind that can be injected: the fakes of the website scenario, then two that need no meaning of the features. */
export const injectedKinds: readonly InjectedKind[] = [
  ...fakes.flatMap((fake) =>
    "session" in fake ? [{kind: fake.kind, meaning: fake.meaning, way: fake.session} satisfies InjectedKind] : []
  ),
  {
    kind: "one value far out",
    meaning:
      "The copy of a real row, of which one feature, drawn at random, has a value from the outermost percent of all rows.",
    way: "outlying"
  },
  {
    kind: "mixed values",
    meaning:
      "A new row, each feature of which has the value of another real row: each is ordinary, their combination is not.",
    way: "mixed"
  }
];

/**
 * The kinds that mean something for such features: simulated ones need a feature that the simulation knows, a value far
 * out needs a feature that varies, and mixed values two of them. None for fewer than ten rows, where any injected row
 * would be a crowd.
 */
export function injectableKinds(features: Readonly<Record<string, Float64Array>>): InjectedKind[] {
  const columns = Object.values(features);
  if ((columns[0]?.length ?? 0) < leastReal) return [];
  const varying = columns.filter(varies).length;
  const isKnown = simulatedFeatures(Object.keys(features)).length > 0;
  return injectedKinds.filter(({way}) => (way === "outlying" ? varying > 0 : way === "mixed" ? varying > 1 : isKnown));
}

/** Those of the named features that follow from simulated requests. */
export function simulatedFeatures(names: readonly string[]): (typeof sessionFeatureNames)[number][] {
  return sessionFeatureNames.filter((name) => names.includes(name));
}

/** Whether not all values are equal. */
export function varies(column: Float64Array): boolean {
  return column.some((value) => value !== column[0]);
}

/** The fewest real rows among which rows can be injected. */
export const leastReal = 10;
