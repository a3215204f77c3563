import {randomNormal} from "d3-random";
import type {SessionBehaviour} from "../scenarios/scenario.js";
import {
  emptySessionFeatures,
  type SessionFeatures,
  sessionFeatureNames,
  sessionFeatures,
  sessionPause
} from "../sessionFeatures.js";
import {sampler} from "./distribution.js";

const batch = 2048;

/** Simulates so many sessions request by request and returns their features, of which none is missing. */
export function simulateSessions(behaviour: SessionBehaviour, sessions: number, random: () => number): SessionFeatures {
  const features = emptySessionFeatures(sessions);
  const log = emptyLog(1 << 14);
  const append = sessionWriter(behaviour, random);
  for (let first = 0; first < sessions; first += batch) {
    const offsets = new Uint32Array(Math.min(batch, sessions - first) + 1);
    log.length = 0;
    for (let i = 1; i < offsets.length; ++i) {
      append(log);
      offsets[i] = log.length;
    }
    const part = sessionFeatures({...log, offsets});
    for (const name of sessionFeatureNames) features[name].set(part[name], first);
  }
  return features;
}

interface Log {
  length: number;
  time: Float64Array;
  path: Int32Array;
  status: Uint16Array;
  isAsset: Uint8Array;
  isPost: Uint8Array;
  hasReferrer: Uint8Array;
}

// assets arrive within 0.3 to 2.8 s of their page, or before the next page
const quickest = 300;
const slowest = 2800;

function sessionWriter(behaviour: SessionBehaviour, random: () => number): (log: Log) => void {
  const draw = {
    pages: sampler(behaviour.pages, random),
    pause: sampler(behaviour.pause, random),
    unevenness: sampler(behaviour.unevenness, random),
    newPaths: sampler(behaviour.newPaths, random),
    firstAssets: sampler(behaviour.assets.first, random),
    laterAssets: sampler(behaviour.assets.later, random),
    firstReferrer: sampler(behaviour.referrer.first, random),
    laterReferrer: sampler(behaviour.referrer.later, random),
    errors: sampler(behaviour.errors, random),
    posts: sampler(behaviour.posts, random)
  };
  const normal = randomNormal.source(random)();
  return (log) => {
    const pages = Math.max(1, Math.round(draw.pages()));
    const pause = draw.pause() * 1000;
    const unevenness = draw.unevenness();
    const newPaths = draw.newPaths();
    const assetsOf = [draw.firstAssets(), draw.laterAssets()];
    const referrerOf = [draw.firstReferrer(), draw.laterReferrer()];
    const errors = draw.errors();
    const posts = draw.posts();
    let paths = 0;
    let time = 0;
    for (let page = 0; page < pages; ++page) {
      const later = Math.min(page, 1);
      const isNew = page === 0 || random() < newPaths;
      const path = isNew ? paths++ : Math.floor(random() * paths);
      const isPost = page > 0 && random() < posts;
      const hasReferrer = random() < referrerOf[later]!;
      write(log, time, path, random() < errors ? 404 : 200, false, isPost, hasReferrer);
      const gap = Math.min(sessionPause, Math.round(pause * Math.exp(unevenness * normal())));
      const assets = Math.round(assetsOf[later]! * (0.5 + random()));
      const load = Math.min(
        quickest + random() * (slowest - quickest),
        page === pages - 1 ? Number.POSITIVE_INFINITY : gap
      );
      for (let i = 1; i <= assets; ++i) write(log, time + Math.floor((load * i) / assets), 0, 200, true, false, true);
      time += gap;
    }
  };
}

function write(
  log: Log,
  time: number,
  path: number,
  status: number,
  isAsset: boolean,
  isPost: boolean,
  hasReferrer: boolean
): void {
  const i = log.length++;
  if (i === log.time.length) Object.assign(log, grown(log));
  log.time[i] = time;
  log.path[i] = path;
  log.status[i] = status;
  log.isAsset[i] = Number(isAsset);
  log.isPost[i] = Number(isPost);
  log.hasReferrer[i] = Number(hasReferrer);
}

function emptyLog(capacity: number): Log {
  return {
    length: 0,
    time: new Float64Array(capacity),
    path: new Int32Array(capacity),
    status: new Uint16Array(capacity),
    isAsset: new Uint8Array(capacity),
    isPost: new Uint8Array(capacity),
    hasReferrer: new Uint8Array(capacity)
  };
}

function grown(log: Log): Log {
  const larger = emptyLog(2 * log.time.length);
  larger.length = log.length;
  larger.time.set(log.time);
  larger.path.set(log.path);
  larger.status.set(log.status);
  larger.isAsset.set(log.isAsset);
  larger.isPost.set(log.isPost);
  larger.hasReferrer.set(log.hasReferrer);
  return larger;
}
