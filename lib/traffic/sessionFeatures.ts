import {roundTo} from "./roundTo.js";

/** Requests of one or many sessions, a column a property; the sessions stand one after the other. */
export interface Requests {
  /** UTC milliseconds, ascending within a session. */
  readonly time: Float64Array;
  /** The path without its query, as a number from 0: equal paths have equal numbers. */
  readonly path: Int32Array;
  /** HTTP status, 0 where unknown. */
  readonly status: Uint16Array;
  /** 1 for images, styles, scripts and fonts; every other request is a page request. */
  readonly isAsset: Uint8Array;
  /** 1 where the request sends data (POST). */
  readonly isPost: Uint8Array;
  /** 1 where the request says which page it comes from; left out where the log does not keep referrers. */
  readonly hasReferrer?: Uint8Array;
  /** Session i holds the requests offsets[i] up to offsets[i + 1]; left out, all requests are one session. */
  readonly offsets?: Uint32Array;
}

/** The features of sessions that follow from their requests, in the order of the schema, which states what they mean. */
export const sessionFeatureNames = [
  "request_rate",
  "session_duration",
  "unique_paths_visited",
  "error_share",
  "gap_variation",
  "asset_share",
  "referrer_share",
  "post_share"
] as const;

/** A column for each feature, a value for each session. */
export type SessionFeatures = Readonly<Record<(typeof sessionFeatureNames)[number], Float64Array>>;

/** Requests of one client belong to one session until a pause longer than this, in milliseconds. */
export const sessionPause = 30 * 60_000;

const minute = 60_000;

/**
 * The features of every session, as the schema defines them. Durations are exact to the millisecond, rates have 3
 * decimals, shares and the gap variation 4; pauses that are all
 * equal vary by 0. A session without requests has a rate, duration and paths of 0 and missing
 * (NaN) shares; shares of page requests are missing where there is none, and referrer_share where referrers are unknown.
 * Throws when the times of a session descend.
 */
export function sessionFeatures(requests: Requests): SessionFeatures {
  const {time, path, status, isAsset, isPost, hasReferrer, offsets = Uint32Array.of(0, time.length)} = requests;
  const sessions = Math.max(0, offsets.length - 1);
  const features = emptySessionFeatures(sessions);
  const seenIn = new Int32Array(1 + path.reduce((a, b) => Math.max(a, b), 0)).fill(-1);
  for (let session = 0; session < sessions; ++session) {
    const from = offsets[session]!;
    const to = offsets[session + 1]!;
    let pages = 0;
    let paths = 0;
    let errors = 0;
    let posts = 0;
    let referrers = 0;
    let previous = 0;
    let firstGap = 0;
    let excess = 0;
    let squares = 0;
    for (let i = from; i < to; ++i) {
      const t = time[i]!;
      if (i > from && t < time[i - 1]!) throw new RangeError(`expected ascending times in session: ${session}`);
      if (status[i]! >= 400) ++errors;
      if (isAsset[i]) continue;
      if (pages === 1) firstGap = t - previous;
      if (pages > 1) {
        const d = t - previous - firstGap;
        excess += d;
        squares += d * d;
      }
      previous = t;
      ++pages;
      if (seenIn[path[i]!] !== session) ++paths;
      seenIn[path[i]!] = session;
      if (isPost[i]) ++posts;
      if (hasReferrer?.[i]) ++referrers;
    }
    const count = to - from;
    const duration = count === 0 ? 0 : time[to - 1]! - time[from]!;
    features.request_rate[session] = requestRate(count, duration);
    features.session_duration[session] = duration / 1000;
    features.unique_paths_visited[session] = paths;
    features.error_share[session] = shareOf(errors, count);
    features.gap_variation[session] = gapVariation(pages, firstGap, excess, squares);
    features.asset_share[session] = shareOf(count - pages, count);
    features.referrer_share[session] = hasReferrer === undefined ? Number.NaN : shareOf(referrers, pages);
    features.post_share[session] = shareOf(posts, pages);
  }
  return features;
}

/** Columns of zeros for so many sessions. */
export function emptySessionFeatures(sessions: number): SessionFeatures {
  return Object.fromEntries(sessionFeatureNames.map((name) => [name, new Float64Array(sessions)])) as SessionFeatures;
}

/** Requests a minute, over so many milliseconds or over one minute where that is longer; with 3 decimals. */
export function requestRate(requests: number, duration: number): number {
  return roundTo((requests * minute) / Math.max(duration, minute), 3);
}

/** A part of a whole, with 4 decimals; missing (NaN) where the whole is 0. */
export function shareOf(part: number, whole: number): number {
  return roundTo(part / whole, 4);
}

/**
 * How much the pauses between so many pages vary, given their first, and the sums of d and d² over d = pause − first of the
 * others, which are exact for equal pauses.
 */
export function gapVariation(pages: number, first: number, excess: number, squares: number): number {
  if (pages < 3) return 1;
  const gaps = pages - 1;
  const variance = (squares - excess ** 2 / gaps) / (gaps - 1);
  return variance > 0 ? roundTo(Math.sqrt(variance) / (first + excess / gaps), 4) : 0;
}
