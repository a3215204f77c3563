import {notebook} from "./notebook.js";
import type {Scenario} from "./scenario.js";
import {website} from "./website.js";

/** The scenarios that can be named. */
export const scenarios: readonly Scenario[] = [notebook, website];

/** The scenario of that name; throws when there is none. */
export function scenarioNamed(name: string): Scenario {
  const scenario = scenarios.find((scenario) => scenario.name === name);
  if (scenario === undefined) throw new Error(`unknown scenario: ${name}`);
  return scenario;
}
