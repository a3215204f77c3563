import {either} from "../simulation/distribution.js";
import {hosting} from "./hosting.js";
import type {Kind} from "./scenario.js";

const always = Array.from({length: 24}, () => 1);
const nights = [10, 12, 12, 10, 8, 5, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 6, 8];

/** Seven kinds of fake traffic; a part of each behaves well enough to be missed. */
export const fakes: readonly Kind[] = [
  {
    kind: "fast scraper",
    fake: true,
    weight: 14,
    meaning: "Copies the catalogue from a rented machine, many pages a minute.",
    when: {pattern: "bursts", hours: always, sessions: {uniform: [2, 8]}, minutes: {uniform: [20, 180]}},
    where: hosting,
    session: {
      pages: {logNormal: [130, 0.9]},
      pause: {logNormal: [1.2, 0.8]},
      unevenness: {uniform: [0.1, 0.6]},
      newPaths: {beta: [30, 1]},
      assets: {
        first: {uniform: [0, 1]},
        later: either([0.85, 0], [0.15, {logNormal: [3, 0.3]}])
      },
      referrer: {
        first: 0,
        later: either([0.75, 0], [0.25, 0.9])
      },
      errors: {beta: [1, 25]},
      posts: 0
    }
  },
  {
    kind: "slow crawler",
    fake: true,
    weight: 12,
    meaning: "Copies the site round the clock at an even, polite pace that no rate limit catches.",
    when: {pattern: "even"},
    where: hosting,
    visits: {uniform: [6, 18]},
    session: {
      pages: {logNormal: [110, 0.5]},
      pause: {logNormal: [35, 0.5]},
      unevenness: either([0.75, {uniform: [0.01, 0.15]}], [0.25, {uniform: [0.3, 0.8]}]),
      newPaths: {beta: [20, 1]},
      assets: {
        first: {uniform: [0, 1]},
        later: either([0.8, 0], [0.2, {uniform: [0, 2]}])
      },
      referrer: {
        first: 0,
        later: either([0.7, 0], [0.3, 0.9])
      },
      errors: {beta: [1, 30]},
      posts: 0
    }
  },
  {
    kind: "distributed scraper",
    fake: true,
    weight: 22,
    meaning:
      "Copies the site through many household addresses, each of which takes a few pages and looks like a reader.",
    when: {pattern: "bursts", hours: always, sessions: {uniform: [40, 120]}, minutes: {uniform: [240, 1200]}},
    where: "cities",
    session: {
      pages: {logNormal: [6, 0.5]},
      pause: {logNormal: [10, 0.7]},
      unevenness: either([0.5, {uniform: [0.05, 0.4]}], [0.5, {uniform: [0.4, 1]}]),
      newPaths: {beta: [40, 1]},
      assets: {
        first: either([0.45, 0], [0.25, {uniform: [1, 6]}], [0.3, {logNormal: [12, 0.3]}]),
        later: either([0.6, {uniform: [0, 0.6]}], [0.4, {logNormal: [3, 0.5]}])
      },
      referrer: {
        first: either([0.6, 0], [0.4, 1]),
        later: either([0.5, 0], [0.5, 0.95])
      },
      errors: either([0.6, 0], [0.4, {beta: [2, 8]}]),
      posts: 0
    }
  },
  {
    kind: "credential stuffing",
    fake: true,
    weight: 14,
    meaning: "Tries stolen passwords at the login at night, from many addresses; a few of them fit.",
    when: {pattern: "bursts", hours: nights, sessions: {uniform: [15, 60]}, minutes: {uniform: [60, 240]}},
    where: "cities",
    session: {
      pages: either([0.75, {logNormal: [25, 0.6]}], [0.25, {uniform: [1.5, 4.5]}]),
      pause: {logNormal: [4, 0.6]},
      unevenness: {uniform: [0.1, 0.8]},
      newPaths: {uniform: [0, 0.08]},
      assets: {
        first: either([0.6, 0], [0.4, {logNormal: [11, 0.3]}]),
        later: either([0.7, {uniform: [0, 0.6]}], [0.3, {logNormal: [3, 0.4]}])
      },
      referrer: {
        first: either([0.7, 0], [0.3, 1]),
        later: either([0.5, 0], [0.5, 0.95])
      },
      errors: either([0.7, {beta: [9, 2]}], [0.3, {beta: [2, 5]}]),
      posts: either([0.7, {beta: [8, 2]}], [0.3, {beta: [2, 4]}])
    }
  },
  {
    kind: "click fraud",
    fake: true,
    weight: 18,
    meaning: "Clicks on paid ads from household addresses in bursts, shows the page for a moment and leaves.",
    when: {pattern: "bursts", hours: always, sessions: {uniform: [15, 50]}, minutes: {uniform: [8, 40]}},
    where: "cities",
    session: {
      pages: either([0.35, 1], [0.3, 2], [0.35, {uniform: [2.5, 6.5]}]),
      pause: {logNormal: [1.5, 0.5]},
      unevenness: {uniform: [0, 0.3]},
      newPaths: 0.9,
      assets: {
        first: either([0.35, {logNormal: [12, 0.3]}], [0.3, {uniform: [2, 7]}], [0.35, {uniform: [0, 1]}]),
        later: {uniform: [0, 2]}
      },
      referrer: {first: 1, later: 1},
      errors: 0,
      posts: either([0.7, 0], [0.3, 0.6])
    }
  },
  {
    kind: "vulnerability scan",
    fake: true,
    weight: 12,
    meaning: "Asks for hundreds of paths that weak installations would have, in a short burst from a few machines.",
    when: {pattern: "bursts", hours: always, sessions: {uniform: [2, 7]}, minutes: {uniform: [2, 30]}},
    where: hosting,
    session: {
      pages: either([0.75, {logNormal: [90, 0.8]}], [0.25, {uniform: [0.5, 8.5]}]),
      pause: {logNormal: [0.25, 0.8]},
      unevenness: {uniform: [0.2, 1]},
      newPaths: {beta: [40, 1]},
      assets: {first: 0, later: 0},
      referrer: {first: 0, later: 0},
      errors: either([0.8, {beta: [18, 2]}], [0.2, {beta: [1, 4]}]),
      posts: {beta: [1, 15]}
    }
  },
  {
    kind: "referrer spam",
    fake: true,
    weight: 8,
    meaning: "Asks for one or two pages with a foreign address as the referrer, to be seen in statistics.",
    when: {pattern: "bursts", hours: always, sessions: {uniform: [3, 15]}, minutes: {uniform: [5, 120]}},
    where: hosting,
    session: {
      pages: either([0.6, 1], [0.3, 2], [0.1, 4]),
      pause: {logNormal: [1, 0.6]},
      unevenness: {uniform: [0, 0.3]},
      newPaths: 0.2,
      assets: {first: 0, later: 0},
      referrer: {first: 1, later: 1},
      errors: either([0.8, 0], [0.2, 1]),
      posts: 0
    }
  }
];
