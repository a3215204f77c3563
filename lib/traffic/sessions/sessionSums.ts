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

  pages(session: number): number {
    return this.values[session * stride + pages]!;
  }

  /** The file of the session’s first request. */
  file(session: number): number {
    return this.values[session * stride + file]!;
  }

  /** Begins a session with its first request, which `add` is to count. */
  begin(session: number, arrivals: Arrivals, entry: number): void {
    const o = session * stride;
    this.values.fill(0, o, o + stride);
    this.values[o + last] = arrivals.time[entry]!;
    this.values[o + second] = Math.floor(arrivals.time[entry]! / 1000);
    this.setFirst(o, arrivals, entry);
  }

  /**
   * Counts a request. One that is earlier than the last counts for pauses and bursts as if it had come with the last.
   * `isRepeated` and `isNew` are of its path, and matter for pages only.
   */
  add(session: number, arrivals: Arrivals, entry: number, isRepeated: boolean, isNew: boolean): void {
    const {values} = this;
    const o = session * stride;
    const bits = arrivals.bits[entry]!;
    if (arrivals.time[entry]! < values[o + first]!) this.setFirst(o, arrivals, entry);
    const time = Math.max(arrivals.time[entry]!, values[o + last]!);
    values[o + last] = time;
    ++values[o + requests]!;
    if (bits & fact.night) ++values[o + night]!;
    if (bits & fact.probe) ++values[o + probe]!;
    if (bits & fact.unusualMethod) ++values[o + unusual]!;
    if (bits & (fact.error | fact.redirect)) this.addStatus(o, bits);
    const size = arrivals.size[entry]!;
    if (size >= 0) {
      values[o + bytes]! += size;
      ++values[o + sized]!;
    }
    if (arrivals.length[entry]! > values[o + longest]!) values[o + longest] = arrivals.length[entry]!;
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

  /** Ends a session: its features and its first request’s line and file become part of a row. */
  end(session: number, agent: Agent, entropy: number, statesReferrers: boolean, rows: TableBuilder, row: number): void {
    const set = (name: keyof typeof columnOf, value: number) => rows.setNumber(columnOf[name], row, value);
    const o = session * stride;
    const v = (field: number) => this.values[o + field]!;
    const count = v(requests);
    const page = v(pages);
    const duration = v(last) - v(first);
    set("timestamp", v(first));
    set("request_rate", requestRate(count, duration));
    set("session_duration", duration / 1000);
    set("unique_paths_visited", page - v(repeated));
    set("error_share", shareOf(v(error), count));
    set("gap_variation", gapVariation(page, v(firstGap), v(excess), v(squares)));
    set("asset_share", shareOf(count - page, count));
    set("referrer_share", shareOf(v(referrer), page));
    set("post_share", shareOf(v(post), page));
    set("requests", count);
    set("burst_requests", v(mostInWindow));
    set("night_share", shareOf(v(night), count));
    set("path_entropy", page === 0 ? Number.NaN : roundTo(entropy, 4));
    set("path_depth", shareOf(v(depth), page));
    set("new_path_share", shareOf(v(fresh), page));
    set("repeated_path_share", shareOf(v(repeated), page));
    set("query_share", shareOf(v(query), page));
    set("probe_share", shareOf(v(probe), count));
    set("longest_target", v(longest));
    set("not_found_share", shareOf(v(notFound), count));
    set("denied_share", shareOf(v(denied), count));
    set("redirect_share", shareOf(v(redirect), count));
    set("unusual_method_share", shareOf(v(unusual), count));
    set("bytes_per_request", Math.round(v(bytes) / v(sized)));
    set("declared_bot", Number(agent.isBot));
    set("header_plausibility", plausibility(agent, v(first), page, count, v(referrer), statesReferrers));
    set("source_line", v(line));
    set("source_file", v(file));
    this.values[o + requests] = 0;
  }

  private setFirst(o: number, arrivals: Arrivals, entry: number): void {
    this.values[o + first] = arrivals.time[entry]!;
    this.values[o + line] = arrivals.line[entry]!;
    this.values[o + file] = arrivals.file[entry]!;
  }

  private addStatus(o: number, bits: number): void {
    const {values} = this;
    if (bits & fact.error) ++values[o + error]!;
    if (bits & fact.notFound) ++values[o + notFound]!;
    if (bits & fact.denied) ++values[o + denied]!;
    if (bits & fact.redirect) ++values[o + redirect]!;
  }

  // Requests of the last ten seconds of the clock stand in a ring, and their sum beside it.
  private addToBurst(o: number, now: number): void {
    const {values} = this;
    const passed = now - values[o + second]!;
    if (passed > 0) {
      const from = values[o + place]!;
      for (let i = 1; i <= passed && i <= window; ++i) {
        const at = o + ring + ((from + i) % window);
        values[o + inWindow]! -= values[at]!;
        values[at] = 0;
      }
      values[o + place] = (from + Math.min(passed, window)) % window;
      values[o + second] = now;
    }
    ++values[o + ring + values[o + place]!]!;
    const sum = ++values[o + inWindow]!;
    if (sum > values[o + mostInWindow]!) values[o + mostInWindow] = sum;
  }
}

const window = 10;

// Where each value of a session stands.
const first = 0;
const last = 1;
const line = 2;
const file = 3;
const requests = 4;
const pages = 5;
const error = 6;
const notFound = 7;
const denied = 8;
const redirect = 9;
const night = 10;
const probe = 11;
const unusual = 12;
const post = 13;
const referrer = 14;
const query = 15;
const depth = 16;
const repeated = 17;
const fresh = 18;
const bytes = 19;
const sized = 20;
const longest = 21;
const previousPage = 22;
const firstGap = 23;
const excess = 24;
const squares = 25;
const second = 26;
const place = 27;
const inWindow = 28;
const mostInWindow = 29;
const ring = 30;
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
