import {type Distribution, either} from "../simulation/distribution.js";
import type {Kind, When} from "./scenario.js";

const leisure = [3, 2, 1, 1, 1, 2, 4, 7, 8, 7, 7, 8, 10, 9, 8, 8, 9, 11, 13, 15, 16, 15, 11, 6];
const officeHours = [2, 1, 1, 1, 1, 2, 4, 8, 13, 16, 16, 15, 12, 14, 16, 16, 14, 11, 8, 7, 7, 6, 4, 3];

const freeTime: When = {pattern: "daily", hours: leisure, weekdays: [10, 10, 10, 10, 9, 9, 11]};
const shopping: When = {pattern: "daily", hours: leisure, weekdays: [9, 8, 8, 9, 10, 14, 13]};
const work: When = {pattern: "daily", hours: officeHours, weekdays: [12, 12, 12, 12, 10, 4, 4]};

const regulars: Distribution = either([0.7, 1], [0.2, {uniform: [2, 5]}], [0.1, {uniform: [5, 12]}]);

// some people keep a full cache, some block scripts and images
const firstAssets: Distribution = either(
  [0.85, {logNormal: [13, 0.3]}],
  [0.1, {uniform: [2, 6]}],
  [0.05, {uniform: [0, 1]}]
);
const laterAssets: Distribution = either([0.9, {logNormal: [3.5, 0.4]}], [0.1, {uniform: [0, 1]}]);
const typos: Distribution = either([0.85, 0], [0.15, {beta: [1, 7]}]);
const internalReferrer: Distribution = either([0.92, 0.98], [0.08, {uniform: [0, 0.3]}]);
const human: Distribution = {normal: [0.95, 0.12]};

/** The genuine visitors of a website: people who pass by, read, buy and search, and software that serves people. */
export const people: readonly Kind[] = [
  {
    kind: "passer-by",
    fake: false,
    weight: 30,
    meaning: "Opens a single page, mostly from a search or a link, and leaves.",
    when: freeTime,
    where: "cities",
    session: {
      pages: either([0.8, 1], [0.2, 2]),
      pause: {logNormal: [20, 0.8]},
      unevenness: human,
      newPaths: 0.9,
      assets: {first: firstAssets, later: laterAssets},
      referrer: {first: 0.7, later: internalReferrer},
      errors: either([0.96, 0], [0.04, 1]),
      posts: 0
    }
  },
  {
    kind: "reader",
    fake: false,
    weight: 30,
    meaning: "Reads a few pages, slowly.",
    when: freeTime,
    where: "cities",
    visits: regulars,
    session: {
      pages: {logNormal: [4.5, 0.5]},
      pause: {logNormal: [45, 0.5]},
      unevenness: human,
      newPaths: {beta: [8, 2]},
      assets: {first: firstAssets, later: laterAssets},
      referrer: {first: 0.5, later: internalReferrer},
      errors: typos,
      posts: either([0.9, 0], [0.1, {uniform: [0, 0.2]}])
    }
  },
  {
    kind: "shopper",
    fake: false,
    weight: 16,
    meaning: "Compares products, fills a cart, sometimes pays.",
    when: shopping,
    where: "cities",
    visits: regulars,
    session: {
      pages: {logNormal: [9, 0.5]},
      pause: {logNormal: [22, 0.4]},
      unevenness: human,
      newPaths: {beta: [6, 3]},
      assets: {first: firstAssets, later: laterAssets},
      referrer: {first: 0.6, later: internalReferrer},
      errors: either([0.8, 0], [0.15, {beta: [1, 7]}], [0.05, {beta: [3, 5]}]),
      posts: {beta: [2, 12]}
    }
  },
  {
    kind: "searcher",
    fake: false,
    weight: 14,
    meaning: "Searches the site at work and opens result after result in quick succession.",
    when: work,
    where: "cities",
    visits: regulars,
    session: {
      pages: {logNormal: [7, 0.5]},
      pause: {logNormal: [9, 0.5]},
      unevenness: human,
      newPaths: {beta: [7, 2]},
      assets: {first: firstAssets, later: laterAssets},
      referrer: {first: 0.55, later: internalReferrer},
      errors: typos,
      posts: either([0.8, 0], [0.2, {beta: [1, 8]}])
    }
  },
  {
    kind: "feed reader",
    fake: false,
    weight: 4,
    meaning: "Software that fetches the news feed for a person at fixed intervals, and an article now and then.",
    when: {pattern: "even"},
    where: "cities",
    visits: {uniform: [5, 20]},
    session: {
      pages: {logNormal: [9, 0.5]},
      pause: either([1, 300], [2, 600], [2, 900]),
      unevenness: {uniform: [0.005, 0.15]},
      newPaths: {beta: [1, 6]},
      assets: {first: {uniform: [0, 2]}, later: {uniform: [0, 1]}},
      referrer: {first: 0, later: 0.05},
      errors: either([0.95, 0], [0.05, {beta: [1, 8]}]),
      posts: 0
    }
  },
  {
    kind: "app user",
    fake: false,
    weight: 6,
    meaning: "Uses the site through its app, which loads few assets and sends no referrer.",
    when: freeTime,
    where: "cities",
    visits: regulars,
    session: {
      pages: {logNormal: [10, 0.5]},
      pause: {logNormal: [12, 0.5]},
      unevenness: {normal: [0.7, 0.15]},
      newPaths: {beta: [4, 4]},
      assets: {first: {uniform: [0, 6]}, later: {uniform: [0, 1.5]}},
      referrer: {
        first: 0,
        later: either([0.7, 0], [0.3, 0.9])
      },
      errors: typos,
      posts: {beta: [2, 6]}
    }
  }
];
