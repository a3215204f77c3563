import type {When} from "../scenarios/scenario.js";
import {sampler} from "./distribution.js";

/** A stretch of time: its start in UTC milliseconds, its length in milliseconds. */
export interface Period {
  readonly start: number;
  readonly length: number;
}

const second = 1000;
const hour = 3_600_000;
const day = 24 * hour;

/**
 * Draws when sessions begin (UTC milliseconds within the period), for the given visit of a client at a longitude, its
 * visits numbered from 0. `nextTurn` hands out the numbers, from 1, of kinds that take turns.
 */
export function starts(
  when: When,
  {start, length}: Period,
  nextTurn: () => number,
  random: () => number
): (longitude: number, visit: number, visits: number) => number {
  if (when.pattern === "turns") return () => start + Math.round(nextTurn() * when.seconds * second);
  if (when.pattern === "even") {
    let phase = 0;
    return (_, visit, visits) => {
      if (visit === 0) phase = random();
      return start + Math.floor(((phase + visit / visits) % 1) * length);
    };
  }
  if (when.pattern === "daily") return weekly(when.hours, when.weekdays, {start, length}, random);
  const begin = weekly(when.hours, [1, 1, 1, 1, 1, 1, 1], {start, length}, random);
  const sessions = sampler(when.sessions, random);
  const minutes = sampler(when.minutes, random);
  let left = 0;
  let from = start;
  let burst = 0;
  return () => {
    if (left === 0) {
      left = Math.max(1, Math.round(sessions()));
      from = begin(0);
      burst = Math.min(minutes() * 60 * second, start + length - from);
    }
    --left;
    return from + Math.floor(random() * burst);
  };
}

// rejection sampling, which gives up on a period in which every hour has weight 0
function weekly(
  hours: readonly number[],
  weekdays: readonly number[],
  {start, length}: Period,
  random: () => number
): (longitude: number) => number {
  const peak = Math.max(...hours) * Math.max(...weekdays);
  return (longitude) => {
    let time = start;
    for (let i = 0; i < 1000; ++i) {
      time = start + Math.floor(random() * length);
      const local = time + (longitude / 15) * hour;
      if (random() * peak < hours[hourOf(local)]! * weekdays[weekdayOf(local)]!) break;
    }
    return time;
  };
}

function hourOf(time: number): number {
  return Math.floor(modulo(time, day) / hour);
}

// 1970 began on a Thursday; Monday is 0
function weekdayOf(time: number): number {
  return modulo(Math.floor(time / day) + 3, 7);
}

function modulo(a: number, b: number): number {
  return ((a % b) + b) % b;
}
