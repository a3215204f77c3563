import {fakes} from "./fakes.js";
import {people} from "./people.js";
import type {Scenario} from "./scenario.js";

/** Two weeks of an ordinary website. */
export const website: Scenario = {
  name: "website",
  meaning:
    "Visitors of a website by local hour and weekday, from the world’s cities, with seven kinds of fake traffic among them.",
  fakes: 0.06,
  days: 14,
  kinds: [...people, ...fakes]
};
