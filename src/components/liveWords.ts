import type {Alert, Reason} from "../lib/live/alert.js";
import type {Drift, LiveState, Minute, ModelState, SourceState, WatchState} from "../lib/live/liveState.js";
import type {RowKind} from "../lib/traffic/ingest.js";
import {describeSourceColumn, formatCount, formatCounted, formatScore, formatValue} from "./format.js";
import {formatBytes, formatMoment, formatSpan} from "./liveTime.js";

/** A sentence for people, and how grave it is. */
export interface LiveWords {
  readonly tone: "well" | "waiting" | "alert" | "fault";
  readonly words: string;
}

/** Whether the state is of a server, and not only of traffic. */
export function isServed(state: WatchState): state is LiveState {
  return "sources" in state;
}

/** What is happening, in a sentence or two: the gravest first. */
export function headline(state: WatchState): LiveWords {
  const doing = doingWords(state);
  if (!isServed(state) || state.faults.length === 0) return doing;
  const [{where, what, since}, ...others] = state.faults as [LiveState["faults"][number]];
  const more = others.length === 0 ? "" : ` (and ${formatCounted(others.length, "more fault")})`;
  return {
    tone: "fault",
    words: `A fault since ${formatMoment(since, state.now)}: ${where}: ${what}${more}. ${doing.words}`
  };
}

function doingWords(state: WatchState): LiveWords {
  const {model, alerts, clock, rows} = state;
  const where = isServed(state) ? sourcesWords(state.sources) : "the recorded traffic";
  const noun = rowNoun(rows);
  if (model.phase === "waiting" || clock === null) {
    return {tone: "waiting", words: `Waiting for ${where}: nothing has come yet.`};
  }
  const behind = isServed(state) ? state.sources.reduce((sum, source) => sum + source.behind, 0) : 0;
  const isLate = isServed(state) && state.sources.some(({status}) => status === "catching up") && behind > muchBehind;
  const late = isLate ? `, ${formatBytes(behind)} behind` : "";
  const came = arrivalWords(state);
  if (model.phase === "warming up") {
    return {
      tone: "waiting",
      words: `Warming up on ${where}: ${formatCount(model.gathered)} of ${formatCounted(model.needed, noun)} are gathered${rows === "sessions" ? ", each when it has ended" : ""}; nothing is judged yet. ${sentence(came)}${late}.`
    };
  }
  const open =
    alerts.open === 0
      ? "no alert is open"
      : `${formatCounted(alerts.open, "alert")} ${alerts.open === 1 ? "is" : "are"} open`;
  const well = alerts.open === 0 && alerts.lastHour === 0 ? "; all is quiet" : "";
  const start = hasEnded(state)
    ? `Nothing more comes from ${where}: ${formatCounted(state.records, recordNoun(rows))}`
    : isLate
      ? `Catching up with ${where}: ${came}${late}`
      : `${watchingWords(state, where)}: ${came}`;
  return {tone: alerts.open === 0 ? "well" : "alert", words: `${start}, ${open}${well}.`};
}

function watchingWords(state: WatchState, where: string): string {
  if (!isServed(state) || state.replay === null) return `Watching ${where}`;
  const {speed} = state.replay;
  return speed === null ? `Replaying ${where}` : `Replaying ${where} ${formatCount(speed)} × as fast`;
}

// Less is read within a moment.
const muchBehind = 1e6;

function hasEnded(state: WatchState): boolean {
  return isServed(state) && state.sources.length > 0 && state.sources.every(({status}) => status === "ended");
}

function sourcesWords(sources: readonly SourceState[]): string {
  const names = sources.map(({name, kind}) => (kind === "standard input" ? "the standard input" : name));
  if (names.length === 0) return "traffic";
  if (names.length > 3) return `${formatCount(names.length)} sources`;
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** How fast records come, or since when none has. */
function arrivalWords(state: WatchState): string {
  const {clock, minutes, rows} = state;
  const noun = recordNoun(rows);
  if (isServed(state) && state.replay === null && state.now - clock! > quiet) {
    return `no ${noun} since ${formatMoment(clock!, state.now)}`;
  }
  return rateWords(recordsPerSecond(minutes, clock!), noun);
}

const quiet = 60_000;

/** Records a second of the last minute: of the unfinished one, and of the one before for what is missing of it. */
export function recordsPerSecond(minutes: readonly Minute[], clock: number): number {
  const last = minutes.at(-1);
  if (last === undefined) return 0;
  const passed = Math.min(1, Math.max(0, (clock - last.time) / 60_000));
  const before = minutes.at(-2);
  if (before === undefined) return last.records / Math.max(1, passed * 60);
  return (last.records + before.records * (1 - passed)) / 60;
}

/** A rate in the unit that suits it: 231 requests/s, 12 requests/min. */
export function rateWords(perSecond: number, noun: string): string {
  if (perSecond >= 10) return `${formatCount(Math.round(perSecond))} ${noun}s/s`;
  if (perSecond >= 1) return `${perSecond.toFixed(1)} ${noun}s/s`;
  return `${formatCount(Math.round(perSecond * 60))} ${noun}s/min`;
}

/** What a row is, in the singular. */
function rowNoun(rows: RowKind | null): string {
  return rows === null ? "row" : rows === "sessions" ? "session" : "flow";
}

/** What a record is, in the singular. */
export function recordNoun(rows: RowKind | null): string {
  return rows === null ? "record" : rows === "sessions" ? "request" : "flow";
}

/** Who is watched, in the singular: a session, or the host of flows. */
export function watchedNoun(rows: RowKind | null): string {
  return rows === "flows" ? "host" : "session";
}

/** The weightiest reasons of an alert; a reason that lowers its score is none. */
export function weightyReasons({reasons}: Alert, most = 3): Reason[] {
  return reasons.filter(({contribution}) => contribution > 0).slice(0, most);
}

/** A reason’s parts: Error share, 0.98, typically 0.02. */
export function reasonWords({feature, value, typical}: Reason): {title: string; value: string; typical: string} {
  const {name, title, unit} = describeSourceColumn(feature);
  // Requests: 312, not 312 requests.
  const isSaid = title.toLowerCase() === unit;
  const words = (value: number | string | null) =>
    shorten(isSaid && Number.isInteger(value) ? formatCount(value as number) : formatValue(name, value));
  return {title, value: words(value), typical: `typically ${words(typical)}`};
}

/** How rare a reason’s value is among the rows that the model learned from. */
export function rarityWords(share: number): string {
  if (share < 0.0005) return "fewer than 0.1\u00a0% of rows go as far";
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}\u00a0% of rows go as far`;
}

/** A text of at most so many characters; what is left out shows as an ellipsis. */
export function shorten(text: string, most = 60): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

/** How the model stands, sentence by sentence. */
export function modelWords(model: ModelState, rows: RowKind | null, now: number): string[] {
  const noun = rowNoun(rows);
  if (model.phase === "waiting") return ["There is no model yet: it waits for the first records."];
  if (model.phase === "warming up") {
    return [
      `There is no model yet: ${formatCount(model.gathered)} of the ${formatCounted(model.needed, noun)} that it needs are gathered.`
    ];
  }
  const since = model.since === null ? "" : `, at work since ${formatMoment(model.since, now)}`;
  const next = model.isRetraining
    ? " The next one is being trained."
    : model.nextAt === null
      ? " It stays as it is."
      : ` The next is due at ${formatMoment(model.nextAt, now)}.`;
  const {window} = model;
  const leftOut = window.leftOut.filter(({count}) => count > 0);
  const out =
    leftOut.length === 0
      ? ""
      : `; left out: ${leftOut.map(({reason, count}) => `${reason} (${formatCount(count)})`).join(", ")}`;
  const name = model.generation === 0 ? "The given model" : `Model ${formatCount(model.generation)} (${model.preset})`;
  return [
    `${name}${since}.${next}`,
    `It learns from ${formatCounted(window.rows, noun)} of the last ${formatCounted(window.hours, "hour")}${out}.`
  ];
}

/** The threshold, and the rule that chose it. */
export function thresholdWords({threshold, rule}: ModelState): string {
  return threshold === null
    ? `No threshold yet; the rule: ${rule}.`
    : `The threshold is ${formatScore(threshold)}, by the rule: ${rule}.`;
}

/** Alerts of the last hour against what the rule was given. */
export function budgetWords(lastHour: number, budget: number | null): string {
  const raised = `${formatCounted(lastHour, "alert")} in the last hour`;
  return budget === null ? raised : `${raised}, of ${formatCount(budget)} budgeted`;
}

/** Whether the traffic is still like what the first model saw. */
export function driftWords(drift: Drift | null): string {
  if (drift === null) return "Whether the traffic changes cannot be told yet.";
  const moved = drift.features.map(({feature}) => describeSourceColumn(feature).title.toLowerCase()).join(", ");
  const index = `stability index ${drift.index.toFixed(2)}`;
  switch (drift.level) {
    case "none":
      return `The traffic is still like what the first model saw (${index}).`;
    case "some":
      return `The traffic has moved somewhat since the first model: ${moved} (${index}).`;
    case "strong":
      return `The traffic has moved far from what the first model saw: ${moved} (${index}).`;
  }
}

/** How a source stands, in a sentence. */
export function sourceWords(source: SourceState, now: number): string {
  const {name, status, fault, since, file, format, behind, kind} = source;
  const of = file === null || file === name ? "" : ` ${file}`;
  const how = format === null ? "" : ` (${format})`;
  switch (status) {
    case "fault":
      return `cannot go on${since === null ? "" : ` since ${formatMoment(since, now)}`}: ${fault ?? "unknown fault"}; it is tried again`;
    case "waiting":
      return kind === "log" ? "waiting for the file" : "waiting for a first record";
    case "catching up":
      return `catching up${of}${how}, ${formatBytes(behind)} behind`;
    case "following":
      return `following${of}${how}${behind > 0 ? `, ${formatBytes(behind)} behind` : ""}`;
    case "ended":
      return `has ended${of === "" ? "" : `, the last was${of}`}${how}`;
  }
}

/** What of a source was lost, refused or passed over; empty when nothing was. */
export function lossWords({rejected, dropped, passedOver, kind}: SourceState): string[] {
  const unit = kind === "netflow" ? "datagram" : "line";
  const losses = [
    [rejected, `${formatCounted(rejected, unit)} rejected`],
    [
      dropped,
      kind === "netflow"
        ? `${formatCounted(dropped, "datagram")} dropped`
        : `${formatBytes(dropped)} lost before they could be read`
    ],
    [passedOver, `${formatCount(passedOver)} passed over`]
  ] as const;
  return losses.filter(([count]) => count > 0).map(([, words]) => words);
}

/** When the last checkpoint was written, and how much it holds. */
export function checkpointWords(checkpoint: LiveState["checkpoint"], now: number): string {
  if (checkpoint === null) return "No checkpoint is kept: a restart begins anew.";
  if (checkpoint.fault !== null) return `The checkpoint cannot be written: ${checkpoint.fault}; it is tried again.`;
  if (checkpoint.written === null) return "No checkpoint has been written yet.";
  return `Last checkpoint ${formatSpan(now - checkpoint.written)} ago, ${formatBytes(checkpoint.bytes)}.`;
}

/** What an output has told and what waits. */
export function outputWords({delivered, waiting, silenced, lost, fault}: LiveState["outputs"][number]): string {
  const told = `${formatCount(delivered)} told`;
  const rest = [
    ...(waiting > 0 ? [`${formatCount(waiting)} waiting`] : []),
    ...(silenced > 0 ? [`${formatCount(silenced)} silenced`] : []),
    ...(lost > 0 ? [`${formatCount(lost)} lost`] : [])
  ];
  const words = [told, ...rest].join(", ");
  return fault === null ? words : `${words}; ${fault}; it is tried again`;
}

function sentence(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
