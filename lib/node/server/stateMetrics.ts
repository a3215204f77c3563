import type {LiveState} from "../../live/liveState.js";

/** A metric that a scrape reads from the state; samples whose value is null are not there. */
export interface StateMetric {
  readonly name: string;
  readonly type: "counter" | "gauge";
  readonly help: string;
  readonly labels: readonly string[];
  /** Values of the labels, in their order, and the value. */
  readonly read: (state: LiveState) => readonly (readonly [...labels: string[], value: number | null])[];
}

/** What the state of a watch says, under names as Prometheus has them; times are seconds. */
export const stateMetrics: readonly StateMetric[] = [
  counter("eddy_records_total", "Requests or flows taken.", ({records}) => records),
  counter("eddy_late_records_total", "Records later than the bound for late ones.", ({late}) => late),
  gauge("eddy_open_subjects", "Sessions open, or hosts with recent flows.", ({open}) => open),
  gauge("eddy_traffic_clock_seconds", "The newest time of a record, since 1970.", ({clock}) => seconds(clock)),
  gauge("eddy_traffic_lag_seconds", "How long ago the newest record was; of live traffic.", ({clock, now, replay}) =>
    replay || clock === null ? null : Math.max(0, (now - clock) / 1000)
  ),
  counter("eddy_alerts_total", "Alerts raised.", ({alerts}) => alerts.raised),
  gauge("eddy_open_alerts", "Alerts that are not closed.", ({alerts}) => alerts.open),
  gauge("eddy_model_generation", "Counts models; 0 before the first.", ({model}) => model.generation),
  gauge("eddy_model_threshold", "A row is flagged when its score is greater.", ({model}) => model.threshold),
  gauge("eddy_model_retraining", "1 while the next model grows.", ({model}) => Number(model.isRetraining)),
  gauge("eddy_model_window_rows", "Rows that the next model learns from.", ({model}) => model.window.rows),
  gauge(
    "eddy_drift_index",
    "Population stability index against the first model.",
    ({model}) => model.drift?.index ?? null
  ),
  gauge("eddy_checkpoint_age_seconds", "Since the last checkpoint was written.", ({checkpoint, now}) =>
    checkpoint?.written ? Math.max(0, (now - checkpoint.written) / 1000) : null
  ),
  gauge("eddy_checkpoint_bytes", "The size of the last checkpoint.", ({checkpoint}) => checkpoint?.bytes ?? null),
  gauge("eddy_faults", "Faults that go on.", ({faults}) => faults.length),
  gauge("eddy_start_time_seconds", "When the watch began, since 1970.", ({started}) => seconds(started)),
  ofSources("eddy_source_records_total", "counter", "What became records or parts of them.", ({records}) => records),
  ofSources("eddy_source_rejected_total", "counter", "What was no record.", ({rejected}) => rejected),
  ofSources("eddy_source_dropped_total", "counter", "What was lost before it could be read.", ({dropped}) => dropped),
  ofSources("eddy_source_read_bytes_total", "counter", "Bytes read, as they are on disk.", ({bytes}) => bytes),
  ofSources("eddy_source_behind_bytes", "gauge", "Bytes that are there and not yet read.", ({behind}) => behind),
  ofSources("eddy_source_up", "gauge", "0 while there is a fault.", ({status}) => Number(status !== "fault")),
  ofOutputs("eddy_output_delivered_total", "counter", "Events told.", ({delivered}) => delivered),
  ofOutputs("eddy_output_silenced_total", "counter", "Events within a window of silence.", ({silenced}) => silenced),
  ofOutputs("eddy_output_lost_total", "counter", "Events refused for good, or gone before.", ({lost}) => lost),
  ofOutputs("eddy_output_waiting", "gauge", "Events that wait to be told.", ({waiting}) => waiting)
];

type Read = (state: LiveState) => number | null;

function counter(name: string, help: string, read: Read): StateMetric {
  return {name, type: "counter", help, labels: [], read: (state) => [[read(state)]]};
}

function gauge(name: string, help: string, read: Read): StateMetric {
  return {name, type: "gauge", help, labels: [], read: (state) => [[read(state)]]};
}

function ofSources(
  name: string,
  type: StateMetric["type"],
  help: string,
  read: (source: LiveState["sources"][number]) => number
): StateMetric {
  return {name, type, help, labels: ["source"], read: ({sources}) => sources.map((one) => [one.name, read(one)])};
}

function ofOutputs(
  name: string,
  type: StateMetric["type"],
  help: string,
  read: (output: LiveState["outputs"][number]) => number
): StateMetric {
  const labels = ["output", "kind"];
  return {name, type, help, labels, read: ({outputs}) => outputs.map((one) => [one.name, one.kind, read(one)])};
}

function seconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : milliseconds / 1000;
}
