import type {Alert, AlertEvent} from "../../lib/live/alert.js";
import type {LiveState, ModelState, SourceState, WatchState} from "../../lib/live/liveState.js";

/** A moment of 2026-11-28. */
export const noon = Date.UTC(2026, 10, 28, 12);

export function alertEvent(sequence: number, alert: Partial<Alert> = {}): AlertEvent {
  return {
    what: "raised",
    sequence,
    alert: {
      id: "0123456789abcdef",
      rows: "sessions",
      status: "open",
      client: "10.0.0.1",
      began: noon,
      raised: noon,
      changed: noon,
      score: 0.7,
      threshold: 0.6,
      rule: "10 alerts an hour",
      model: 1,
      file: "access.log",
      line: 1,
      reasons: [],
      values: {},
      place: null,
      history: [{what: "raised", time: noon, score: 0.7, records: 3}],
      ...alert
    }
  };
}

export const watchingModel: ModelState = {
  phase: "watching",
  gathered: 500,
  needed: 500,
  generation: 1,
  since: noon,
  isRetraining: false,
  nextAt: noon + 3_600_000,
  preset: "auto",
  features: ["log(requests)", "error_share"],
  rule: "10 alerts an hour",
  threshold: 0.6,
  budget: 10,
  window: {hours: 24, rows: 512, leftOut: []},
  drift: null
};

export function watchState(state: Partial<WatchState> = {}): WatchState {
  return {
    rows: "sessions",
    clock: noon + 30_000,
    records: 12_000,
    open: 40,
    late: 0,
    ahead: 0,
    model: watchingModel,
    alerts: {raised: 0, open: 0, lastHour: 0},
    minutes: [minute(noon - 60_000, 1200), minute(noon, 600)],
    watched: [],
    arrivals: [],
    ...state
  };
}

export function liveState(state: Partial<LiveState> = {}): LiveState {
  return {
    ...watchState(),
    started: noon,
    now: noon + 31_000,
    version: "0.1.0",
    replay: null,
    sources: [source()],
    checkpoint: null,
    outputs: [],
    faults: [],
    ...state
  };
}

export function source(state: Partial<SourceState> = {}): SourceState {
  return {
    name: "access.log",
    kind: "log",
    status: "following",
    fault: null,
    since: null,
    file: "access.log",
    format: "combined",
    files: 1,
    bytes: 1000,
    behind: 0,
    records: 12_000,
    rejected: 0,
    rejects: [],
    passedOver: 0,
    dropped: 0,
    more: [],
    ...state
  };
}

export function minute(time: number, records: number) {
  return {time, records, scored: 0, alerts: 0, scores: []};
}
