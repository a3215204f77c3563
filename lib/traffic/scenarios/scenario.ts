import type {Distribution} from "../simulation/distribution.js";

/** A kind of traffic to simulate: plain data, so that a copy with other numbers is another scenario. */
export interface Scenario {
  readonly name: string;
  /** One sentence: what the traffic looks like. */
  readonly meaning: string;
  /** Share of fakes in [0, 1], unless the call says otherwise. */
  readonly fakes: number;
  /** Days that the traffic spans, unless the call says otherwise. */
  readonly days: number;
  readonly kinds: readonly Kind[];
}

/** One behaviour within a scenario: how much of it there is, when, from where, and what its sessions do. */
export type Kind = KindOrigin & (KindOfSessions | KindOfFeatures);

interface KindOrigin {
  readonly kind: string;
  readonly fake: boolean;
  /** Share among the kinds of the same label, relative to their weights. */
  readonly weight: number;
  /** One sentence: who does this and why. */
  readonly meaning: string;
  readonly when: When;
  readonly where: Where;
  /** Sessions of one client, a draw for each client, at least 1; 1 by default. */
  readonly visits?: Distribution;
}

/** A kind whose features follow from simulated requests. */
export interface KindOfSessions {
  readonly session: SessionBehaviour;
}

/** A kind whose features are drawn as they are, each by itself, and rounded to 3 decimals. */
export interface KindOfFeatures {
  readonly features: Readonly<Record<string, Distribution>>;
}

/**
 * When sessions begin. `daily` follows the client’s clock and week (local time is UTC + longitude / 15°/h), `bursts` are
 * campaigns that begin by the site’s clock (UTC), `even` spreads each client’s sessions evenly over all days, and
 * `turns` begins one session of any such kind every so many seconds, in random order.
 */
export type When =
  | {
      readonly pattern: "daily";
      /** Relative weights of the hours 0 to 23. */
      readonly hours: readonly number[];
      /** Relative weights of Monday to Sunday. */
      readonly weekdays: readonly number[];
    }
  | {
      readonly pattern: "bursts";
      /** Relative weights of the hours 0 to 23 UTC in which bursts begin. */
      readonly hours: readonly number[];
      /** Sessions in a burst, each of a client of its own. */
      readonly sessions: Distribution;
      /** Length of a burst in minutes, over which its sessions are spread evenly. */
      readonly minutes: Distribution;
    }
  | {readonly pattern: "even"}
  | {readonly pattern: "turns"; readonly seconds: number};

/**
 * Where clients are: `cities` picks a city by population and a point within 15 km, `globe` draws latitude and longitude
 * evenly, and a list gives places with their weights.
 */
export type Where = "cities" | "globe" | readonly WeightedPlace[];

/** A place that clients come from in proportion to its weight; coordinates in degrees. */
export interface WeightedPlace {
  readonly city: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly weight: number;
}

/** What the sessions of a kind do. Every distribution is drawn once a session; shares are in [0, 1]. */
export interface SessionBehaviour {
  /** Page requests, rounded, at least 1. */
  readonly pages: Distribution;
  /** Median pause between pages, in seconds; the single pauses are log-normal around it and under 30 minutes. */
  readonly pause: Distribution;
  /** Standard deviation of the logarithm of the pauses: 0 keeps the time like a metronome, people are near 0.9. */
  readonly unevenness: Distribution;
  /** Share of the pages after the first that the session has not seen yet. */
  readonly newPaths: Distribution;
  /** Images, styles, scripts and fonts loaded with the first page and with each later one, give or take a half. */
  readonly assets: {readonly first: Distribution; readonly later: Distribution};
  /** Share of page requests that say where they come from: of the first page and of the later ones. */
  readonly referrer: {readonly first: Distribution; readonly later: Distribution};
  /** Share of page requests that fail with a status of 400 or above. */
  readonly errors: Distribution;
  /** Share of the pages after the first that send data. */
  readonly posts: Distribution;
}
