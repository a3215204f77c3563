import type {RowKind} from "../traffic/ingest.js";

/**
 * Something that scored above the threshold while it was watched: one session, or one host’s run of flagged flows. Everything
 * in it follows from the traffic, so that watching the same traffic again gives the same alerts. Texts are as they stand in
 * the log, which attackers write.
 */
export interface Alert {
  /** 16 hexadecimal digits, the same in every run over the same traffic. */
  readonly id: string;
  readonly rows: RowKind;
  readonly status: "open" | "closed";
  readonly client: string;
  /** When the session, or the first flagged flow, began: UTC milliseconds of the traffic, as are all times here. */
  readonly began: number;
  /** When it crossed the threshold, and when its latest history was written. */
  readonly raised: number;
  readonly changed: number;
  /** The highest score so far, in (0, 1]. */
  readonly score: number;
  /** What it crossed, and the rule and the generation of the model that chose it. */
  readonly threshold: number;
  readonly rule: string;
  readonly model: number;
  /** The record that raised it: line or packet from 1 within its file. */
  readonly file: string;
  readonly line: number;
  /** Why, the weightiest first; at most five. */
  readonly reasons: readonly Reason[];
  /** The columns of its row as of `changed`, by their names in the schema. */
  readonly values: Readonly<Record<string, number | string | null>>;
  readonly place: AlertPlace | null;
  /** How it went, oldest first: at most 20, of which the first and the last stay. */
  readonly history: readonly AlertMoment[];
}

/** What made a row’s score high. */
export interface Reason {
  /** A feature, as the model names it, such as `log(requests)`. */
  readonly feature: string;
  /** The value of its column, and the median or the most frequent text of the rows that the model learned from. */
  readonly value: number | string | null;
  readonly typical: number | string | null;
  /** The share of those rows, in [0, 1], whose values are as far from typical on that side, or are the same text. */
  readonly share: number;
  /** By how much the score falls when the feature is typical and all others stay. */
  readonly contribution: number;
}

export interface AlertPlace {
  readonly latitude: number;
  readonly longitude: number;
  readonly country: string | null;
  readonly city: string | null;
}

/** What happened to an alert. */
export type AlertChange = "raised" | "grew" | "closed";

export interface AlertMoment {
  readonly what: AlertChange;
  readonly time: number;
  readonly score: number;
  /** Requests of the session, or flagged flows of the host, by then. */
  readonly records: number;
}

/** A change of an alert, with the alert as it was then. */
export interface AlertChanged {
  readonly what: AlertChange;
  readonly alert: Alert;
}

/** A change as it is kept and told: `sequence` counts from 1 without gaps. */
export interface AlertEvent extends AlertChanged {
  readonly sequence: number;
}

/**
 * Tells a change from every other: the same in every run over the same traffic. An alert that goes on does so with more
 * records; the clock alone does not tell changes within one second apart.
 */
export function changeKey({alert}: AlertChanged): string {
  return `${alert.id}:${alert.changed}:${alert.history.at(-1)!.records}:${alert.history.length}:${alert.status}`;
}
