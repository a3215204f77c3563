import type {Alert, AlertChange, AlertChanged} from "../../../lib/live/alert.js";

/** A change of an alert, as a watch gives them; the id follows from the number. */
export function change(number: number, what: AlertChange = "raised", over: Partial<Alert> = {}): AlertChanged {
  const time = Date.UTC(2026, 0, 5) + 1000 * number;
  const alert: Alert = {
    id: number.toString(16).padStart(16, "0"),
    rows: "sessions",
    status: what === "closed" ? "closed" : "open",
    client: `10.0.${(number >> 8) & 255}.${number & 255}`,
    began: time - 60_000,
    raised: time,
    changed: time,
    score: 0.71,
    threshold: 0.62,
    rule: "10 alerts an hour",
    model: 1,
    file: "access.log",
    line: number,
    reasons: [{feature: "log(requests)", value: 412, typical: 6, share: 0.001, contribution: 0.05}],
    values: {requests: 412, user_agent: "curl/8.0", country: null},
    place: null,
    history: [{what: "raised", time, score: 0.71, records: 412}],
    ...over
  };
  return {what, alert};
}

/** Changes of so many alerts, from the given number on. */
export function changes(count: number, from = 1): AlertChanged[] {
  return Array.from({length: count}, (_, i) => change(from + i));
}
