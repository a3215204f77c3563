import {roundTo} from "../roundTo.js";
import {gapVariation, requestRate, shareOf} from "../sessionFeatures.js";
import type {TableBuilder} from "../tableBuilder.js";
import type {Agent} from "./agent.js";
import type {Arrivals} from "./arrivals.js";
import {depthShift, fact} from "./requestFacts.js";
import {columnOf} from "./sessionTable.js";

/**
 * What sessions that are open add up to, a fixed number of values a session in one array, so that a request touches few
 * lines of the cache. Each gets its requests one by one.
 */
export class SessionSums {
  private values: Float64Array = new Float64Array(1024 * stride);

  /** Makes room for the session of this number. */
  reserve(session: number): void {
    if ((session + 1) * stride <= this.values.length) return;
    const larger = new Float64Array(2 * this.values.length);
    larger.set(this.values);
    this.values = larger;
  }

  /** Whether the session has requests. */
  isOpen(session: number): boolean {
    return this.values[session * stride + requests]! > 0;
  }

  /** Whether a request of this time belongs to the session: none of its pauses is longer than `pause`. */
  reaches(session: number, time: number, pause: number): boolean {
    const o = session * stride;
    return time - this.values[o + last]! <= pause && this.values[o + first]! - time <= pause;
  }

  requests(session: number): number {
    return this.values[session * stride + requests]!;
  }

  /** The time of its last request. */
  last(session: number): number {
    return this.values[session * stride + last]!;
  }

  pages(session: number): number {
    return this.values[session * stride + pages]!;
  }

  /** Begins a session with its first request, which `add` is to count. */
  begin(session: number, arrivals: Arrivals, entry: number): void {
    const o = session * stride;
    this.values.fill(0, o, o + stride);
    this.values[o + last] = arrivals.time(entry);
    this.values[o + second] = Math.floor(arrivals.time(entry) / 1000);
    this.setFirst(o, arrivals, entry);
  }

  /**
   * Counts a request. One that is earlier than the last counts for pauses and bursts as if it had come with the last.
   * `isRepeated` and `isNew` are of its path, and matter for pages only.
   */
  add(session: number, arrivals: Arrivals, entry: number, isRepeated: boolean, isNew: boolean): void {
    const {values} = this;
    const o = session * stride;
    const bits = arrivals.bits(entry);
    if (arrivals.time(entry) < values[o + first]!) this.setFirst(o, arrivals, entry);
    const time = Math.max(arrivals.time(entry), values[o + last]!);
    values[o + last] = time;
    ++values[o + requests]!;
    if (bits & fact.night) ++values[o + night]!;
    if (bits & fact.probe) ++values[o + probe]!;
    if (bits & fact.unusualMethod) ++values[o + unusual]!;
    if (bits & (fact.error | fact.redirect)) this.addStatus(o, bits);
    const size = arrivals.size(entry);
    if (size >= 0) {
      values[o + bytes]! += size;
      ++values[o + sized]!;
    }
    if (arrivals.length(entry) > values[o + longest]!) values[o + longest] = arrivals.length(entry);
    this.addToBurst(o, Math.floor(time / 1000));
    if (bits & fact.asset) return;
    const page = values[o + pages]!++;
    if (page > 0) {
      const gap = time - values[o + previousPage]!;
      if (page === 1) values[o + firstGap] = gap;
      else {
        const d = gap - values[o + firstGap]!;
        values[o + excess]! += d;
        values[o + squares]! += d * d;
      }
    }
    values[o + previousPage] = time;
    if (bits & fact.post) ++values[o + post]!;
    if (bits & fact.referrer) ++values[o + referrer]!;
    if (bits & fact.query) ++values[o + query]!;
    values[o + depth]! += bits >>> depthShift;
    if (isRepeated) ++values[o + repeated]!;
    if (isNew) ++values[o + fresh]!;
  }

  /** Ends a session. */
  close(session: number): void {
    this.values[session * stride + requests] = 0;
  }

  /** Makes its features so far, and its first request’s line and file, part of a row. */
  write(
    session: number,
    agent: Agent,
    entropy: number,
    statesReferrers: boolean,
    rows: TableBuilder,
    row: number
  ): void {
    const o = session * stride;
    const {values} = this;
    const count = values[o + requests]!;
    const page = values[o + pages]!;
    const duration = values[o + last]! - values[o + first]!;
    rows.setNumber(columnOf.timestamp, row, values[o + first]!);
    rows.setNumber(columnOf.request_rate, row, requestRate(count, duration));
    rows.setNumber(columnOf.session_duration, row, duration / 1000);
    rows.setNumber(columnOf.unique_paths_visited, row, page - values[o + repeated]!);
    rows.setNumber(columnOf.error_share, row, shareOf(values[o + error]!, count));
    rows.setNumber(
      columnOf.gap_variation,
      row,
      gapVariation(page, values[o + firstGap]!, values[o + excess]!, values[o + squares]!)
    );
    rows.setNumber(columnOf.asset_share, row, shareOf(count - page, count));
    rows.setNumber(columnOf.referrer_share, row, shareOf(values[o + referrer]!, page));
    rows.setNumber(columnOf.post_share, row, shareOf(values[o + post]!, page));
    rows.setNumber(columnOf.requests, row, count);
    rows.setNumber(columnOf.burst_requests, row, values[o + mostInWindow]!);
    rows.setNumber(columnOf.night_share, row, shareOf(values[o + night]!, count));
    rows.setNumber(columnOf.path_entropy, row, page === 0 ? Number.NaN : roundTo(entropy, 4));
    rows.setNumber(columnOf.path_depth, row, shareOf(values[o + depth]!, page));
    rows.setNumber(columnOf.new_path_share, row, shareOf(values[o + fresh]!, page));
    rows.setNumber(columnOf.repeated_path_share, row, shareOf(values[o + repeated]!, page));
    rows.setNumber(columnOf.query_share, row, shareOf(values[o + query]!, page));
    rows.setNumber(columnOf.probe_share, row, shareOf(values[o + probe]!, count));
    rows.setNumber(columnOf.longest_target, row, values[o + longest]!);
    rows.setNumber(columnOf.not_found_share, row, shareOf(values[o + notFound]!, count));
    rows.setNumber(columnOf.denied_share, row, shareOf(values[o + denied]!, count));
    rows.setNumber(columnOf.redirect_share, row, shareOf(values[o + redirect]!, count));
    rows.setNumber(columnOf.unusual_method_share, row, shareOf(values[o + unusual]!, count));
    rows.setNumber(columnOf.bytes_per_request, row, Math.round(values[o + bytes]! / values[o + sized]!));
    rows.setNumber(columnOf.declared_bot, row, Number(agent.isBot));
    rows.setNumber(
      columnOf.header_plausibility,
      row,
      plausibility(agent, values[o + first]!, page, count, values[o + referrer]!, statesReferrers)
    );
    rows.setNumber(columnOf.source_line, row, values[o + line]!);
    rows.setNumber(columnOf.source_file, row, values[o + file]!);
  }

  private setFirst(o: number, arrivals: Arrivals, entry: number): void {
    this.values[o + first] = arrivals.time(entry);
    this.values[o + line] = arrivals.line(entry);
    this.values[o + file] = arrivals.file(entry);
  }

  private addStatus(o: number, bits: number): void {
    const {values} = this;
    if (bits & fact.error) ++values[o + error]!;
    if (bits & fact.notFound) ++values[o + notFound]!;
    if (bits & fact.denied) ++values[o + denied]!;
    if (bits & fact.redirect) ++values[o + redirect]!;
  }

  // Requests of each of the last ten seconds of the clock stand in a ring, and their sum beside it.
  private addToBurst(o: number, now: number): void {
    const {values} = this;
    const passed = now - values[o + second]!;
    if (passed >= window) {
      values.fill(0, o + ring, o + ring + window);
      values[o + inWindow] = 0;
    } else {
      for (let i = now - passed + 1; i <= now; ++i) {
        const at = o + ring + ringPlace(i);
        values[o + inWindow]! -= values[at]!;
        values[at] = 0;
      }
    }
    values[o + second] = now;
    ++values[o + ring + ringPlace(now)]!;
    const sum = ++values[o + inWindow]!;
    if (sum > values[o + mostInWindow]!) values[o + mostInWindow] = sum;
  }
}

function ringPlace(second: number): number {
  return second - window * Math.floor(second / window);
}

const window = 10;

// Where each value of a session stands; what every request changes comes first.
const first = 0;
const last = 1;
const requests = 2;
const probe = 3;
const night = 4;
const unusual = 5;
const longest = 6;
const bytes = 7;
const sized = 8;
const second = 9;
const inWindow = 10;
const mostInWindow = 11;
const pages = 12;
const previousPage = 13;
const firstGap = 14;
const excess = 15;
const squares = 16;
const referrer = 17;
const depth = 18;
const post = 19;
const query = 20;
const repeated = 21;
const fresh = 22;
const error = 23;
const notFound = 24;
const denied = 25;
const redirect = 26;
const line = 27;
const file = 28;
const ring = 29;
const stride = ring + window;

const year = 365.25 * 86_400_000;

function plausibility(
  agent: Agent,
  time: number,
  pages: number,
  requests: number,
  referrers: number,
  statesReferrers: boolean
): number {
  if (agent.text === null) return 0;
  if (agent.isBot) return 1;
  const age = (time - agent.released) / year;
  const isOutOfTime = age > 2 || age < -3;
  const isBare = pages >= 3 && pages === requests;
  const isAimless = pages >= 3 && referrers === 0 && statesReferrers;
  return 1 - (Number(!agent.isWellFormed) + Number(isOutOfTime) + Number(isBare) + Number(isAimless)) / 4;
}
