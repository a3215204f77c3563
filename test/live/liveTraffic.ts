import type {LiveModel} from "../../lib/live/liveModel.js";
import {type TrainingRequest, trainModel} from "../../lib/live/trainModel.js";
import {randomSource} from "../../lib/random.js";
import {defaultFeatures} from "../../lib/traffic/availableFeatures.js";
import {featureSources} from "../../lib/traffic/featureColumn.js";
import type {LiveRows} from "../../lib/traffic/liveRows.js";
import {describeColumn} from "../../lib/traffic/schema.js";
import {type Column, categoriesOf, isNumbers, type Table} from "../../lib/traffic/table.js";

export const minute = 60_000;
export const hour = 60 * minute;
export const start = Date.UTC(2026, 0, 5);

/** A row before it is in a table: the columns that it has, and what LiveRows say of it. */
export interface PlainRow {
  readonly values: Readonly<Record<string, number | string>>;
  readonly subject: number;
  readonly clock: number;
  readonly isFinal: boolean;
}

/** Trains at once, in place. */
export const inPlace = async (request: TrainingRequest) => trainModel(request);

/** Sessions of a web site on so many days, about so many an hour, as they grow and close, by clock: clean traffic. */
export function siteSessions({perHour, hours, seed}: {perHour: number; hours: number; seed: number}): PlainRow[] {
  const random = randomSource(seed);
  const rows: PlainRow[] = [];
  let subject = 0;
  for (let time = start; time < start + hours * hour; ) {
    // More by day than by night.
    const now = perHour * (1 + 0.6 * Math.sin((2 * Math.PI * (time - start)) / (24 * hour)));
    time += (-Math.log(1 - random()) * hour) / now;
    rows.push(...sessionRows(random, ++subject, Math.round(time)));
  }
  return rows.sort((a, b) => a.clock - b.clock);
}

/** One session, as it grows and closes, half an hour after its last request. */
export function sessionRows(random: () => number, subject: number, begin: number): PlainRow[] {
  const normal = () => random() + random() + random() + random() - 2;
  const isBot = random() < 0.1;
  const pages = Math.ceil(Math.exp(1.2 + 0.9 * normal()));
  const assets = isBot ? 0 : Math.round(pages * Math.exp(1.5 + 0.3 * normal()));
  const requests = pages + assets;
  const pause = Math.exp((isBot ? 0.5 : 3) + 0.7 * normal());
  const duration = pages === 1 ? 2 * random() : pages * pause;
  const base = {
    client: `${20 + Math.floor(random() * 150)}.${Math.floor(random() * 200)}.${Math.floor(random() * 200)}.7`,
    error_share: random() < 0.8 ? 0 : Math.round(random() * 20) / 100,
    denied_share: random() < 0.95 ? 0 : 0.1,
    gap_variation: Math.exp(0.2 * normal()),
    referrer_share: isBot ? 0 : Math.round((0.7 + 0.1 * normal()) * 100) / 100,
    post_share: random() < 0.9 ? 0 : 0.1,
    query_share: Math.round(random() ** 3 * 50) / 100,
    repeated_path_share: Math.round(random() ** 2 * 60) / 100,
    path_depth: 1 + random(),
    probe_share: 0,
    unusual_method_share: 0,
    longest_target: Math.round(Math.exp(3.2 + 0.4 * normal())),
    bytes_per_request: Math.round(Math.exp(9 + 0.6 * normal())),
    agents_of_address: random() < 0.9 ? 1 : 2,
    declared_bot: isBot && random() < 0.5 ? 1 : 0,
    header_plausibility: isBot ? 0.5 : 1
  };
  const rowAt = (count: number, isFinal: boolean): PlainRow => {
    const part = count / requests;
    const seconds = duration * part;
    return {
      subject,
      isFinal,
      clock: Math.round(begin + seconds * 1000 + (isFinal ? 30 * minute : 0)),
      values: {
        ...base,
        requests: count,
        request_rate: (count * 60) / Math.max(60, seconds),
        session_duration: seconds,
        unique_paths_visited: Math.ceil(pages * part * 0.9),
        burst_requests: Math.min(count, Math.ceil((10 * requests) / Math.max(10, duration))),
        asset_share: assets / requests
      }
    };
  };
  const rows: PlainRow[] = [];
  for (let count = 1; count < requests; count *= 2) rows.push(rowAt(count, false));
  rows.push(rowAt(requests, false), rowAt(requests, true));
  return rows;
}

/** Rows of a kind as a table; columns that a row does not name are missing in it. */
export function liveRows(rows: readonly PlainRow[], kind: "sessions" | "flows" = "sessions"): LiveRows {
  const names = ["client", ...featureSources(defaultFeatures(kind))];
  const columns = names.map((name): [string, Column] => [
    name,
    describeColumn(name).type === "text"
      ? categoriesOf(rows.map(({values}) => (values[name] as string | undefined) ?? null))
      : Float64Array.from(rows, ({values}) => (values[name] as number | undefined) ?? Number.NaN)
  ]);
  return {
    table: {rows: rows.length, columns: Object.fromEntries(columns)},
    subject: Float64Array.from(rows, ({subject}) => subject),
    clock: Float64Array.from(rows, ({clock}) => clock),
    isFinal: Uint8Array.from(rows, ({isFinal}) => Number(isFinal)),
    line: Float64Array.from(rows, () => 1),
    file: new Float64Array(rows.length)
  };
}

/** What a model flagged first of each subject. */
export interface Raised {
  readonly subject: number;
  readonly clock: number;
  readonly score: number;
  readonly threshold: number;
  readonly generation: number;
}

/** Shows a model rows in order, in tables of at most so many; a session that was flagged once is an alert to its end. */
export async function show(
  model: LiveModel,
  rows: readonly PlainRow[],
  {size = 200, kind = "sessions" as "sessions" | "flows", flagged = new Set<number>()} = {}
): Promise<Raised[]> {
  const raised: Raised[] = [];
  for (let at = 0; at < rows.length; at += size) {
    const live = liveRows(rows.slice(at, at + size), kind);
    for (let from = 0; from < live.table.rows; ) {
      await model.advance(live.clock[from]!);
      let to = from;
      while (to < live.table.rows && live.clock[to]! < model.changesAt) ++to;
      const score = model.isWatching ? model.score(partOf(live.table, from, to)) : null;
      for (let row = from; row < to; ++row) {
        const [subject, clock] = [live.subject[row]!, live.clock[row]!];
        if (clock >= model.changesAt) to = row;
        if (clock >= model.changesAt) break;
        const s = score?.[row - from] ?? null;
        const isFlagged = s !== null && s > model.threshold!;
        if (isFlagged && !flagged.has(subject)) {
          flagged.add(subject);
          const {threshold, generation} = model;
          raised.push({subject, clock, score: s, threshold: threshold!, generation});
        }
        model.learn(live, row, s, kind === "sessions" ? flagged.has(subject) : isFlagged);
      }
      from = to;
    }
  }
  return raised;
}

function partOf({columns}: Table, from: number, to: number): Table {
  const part = (column: Column): Column =>
    isNumbers(column) ? column.subarray(from, to) : {...column, codes: column.codes.subarray(from, to)};
  return {
    rows: to - from,
    columns: Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, part(column)]))
  };
}
