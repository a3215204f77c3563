import {html} from "htl";
import type {Alert, AlertChange} from "../lib/live/alert.js";
import {schema} from "../lib/traffic/schema.js";
import {describeSourceColumn, formatCount, formatCounted, formatScore, formatValue} from "./format.js";
import {liveSparkline} from "./liveSparkline.js";
import {formatMoment} from "./liveTime.js";
import {say} from "./liveTurns.js";
import {rarityWords, reasonWords, shorten, weightyReasons} from "./liveWords.js";

/** An alert in a list. */
export interface LiveAlertRow {
  readonly element: HTMLElement;
  /** Shows the alert as it is now; `clock` is the traffic’s. */
  show(alert: Alert, clock: number): void;
}

/** An alert in words: who, when, how high, why, and how it went; its values and history when they are asked for. */
export function liveAlertRow(first: Alert, clock: number): LiveAlertRow {
  const time = html`<span class="number"></span>`;
  const status = html`<span class="live-status"></span>`;
  const who = html`<div class="live-who"></div>`;
  const score = html`<strong></strong>`;
  const against = html`<small></small>`;
  const spark = html`<div class="live-spark-place"></div>`;
  const reasons = html`<p class="live-reasons"></p>`;
  const more = html`<div class="live-more"></div>`;
  const details = html`<details><summary>Values and history</summary>${more}</details>` as HTMLDetailsElement;
  const element = html`<li class="live-alert">
    <div class="live-when">${time}${status}</div>
    ${who}
    <div class="live-score number">${score}${against}</div>
    ${spark}
    ${reasons}
    ${details}
  </li>`;
  let shown: Alert | null = null;

  const fill = () => {
    if (details.open && shown !== null) more.replaceChildren(...detailsOf(shown));
    else more.replaceChildren();
  };
  details.addEventListener("toggle", fill);
  const show = (alert: Alert, now: number) => {
    if (alert === shown) return;
    const before = shown;
    shown = alert;
    element.classList.toggle("open", alert.status === "open");
    say(time, formatMoment(alert.raised, now));
    say(
      status,
      alert.status === "open"
        ? "open"
        : `closed after ${formatCounted(alert.history.at(-1)?.records ?? 0, recordOf(alert))}`
    );
    if (before === null) who.replaceChildren(...whoOf(alert));
    if (before?.score !== alert.score) say(score, formatScore(alert.score));
    say(against, `above ${formatBelow(alert.threshold, alert.score)}`);
    spark.replaceChildren(liveSparkline(alert));
    if (before === null || before.reasons !== alert.reasons) reasons.replaceChildren(...reasonsOf(alert));
    if (details.open) fill();
  };
  show(first, clock);
  return {element, show};
}

function recordOf({rows}: Alert): string {
  return rows === "flows" ? "flow" : "request";
}

// Logs are written by others: each text is isolated, so that none turns around what follows it.
function whoOf({client, place, values}: Alert): Node[] {
  const where = place === null ? "" : [place.city, place.country].filter((name) => name !== null).join(", ");
  const more = identifying.flatMap((name) => {
    const value = Object.hasOwn(values, name) ? values[name]! : null;
    return value === null || value === "" ? [] : [name === "server_port" ? `port ${value}` : formatValue(name, value)];
  });
  const from = where === "" ? null : html`<bdi class="muted">${shorten(where)}</bdi>`;
  return [
    html`<div title=${[client, where].filter(Boolean).join(", ")}><bdi><b>${shorten(client, 45)}</b></bdi> ${from}</div>`,
    ...more.map((text) => html`<div class="muted" title=${shorten(text, 500)}><bdi>${shorten(text, 120)}</bdi></div>`)
  ];
}

const identifying = ["user_agent", "first_path", "server", "server_port"];

function reasonsOf(alert: Alert): Node[] {
  const weighty = weightyReasons(alert);
  if (weighty.length === 0)
    return [html`<span class="muted">No single value stands out: it is their combination.</span>`];
  return weighty.map((reason) => {
    const {title, value, typical} = reasonWords(reason);
    return html`<span>${title} <b><bdi>${value}</bdi></b> <small><bdi>${typical}</bdi></small></span>`;
  });
}

function detailsOf(alert: Alert): Node[] {
  const names = schema
    .map(({name}) => name)
    .filter((name) => Object.hasOwn(alert.values, name) && alert.values[name] !== null);
  return [
    html`<div><h4>Why</h4><table>${alert.reasons.map((reason) => {
      const {title, value, typical} = reasonWords(reason);
      return html`<tr><th title=${describeSourceColumn(reason.feature).meaning}>${title}</th><td><bdi>${value}</bdi></td><td class="muted"><bdi>${typical}</bdi>; ${rarityWords(reason.share)}; weighs ${reason.contribution.toFixed(3)}</td></tr>`;
    })}</table></div>`,
    html`<div><h4>How it went</h4><table>${alert.history.map(
      ({what, time, score, records}) =>
        html`<tr><td class="number">${formatMoment(time, alert.changed)}</td><td>${changeWords[what]}</td><td class="number">${formatScore(score)}</td><td class="number">${formatCounted(records, recordOf(alert))}</td></tr>`
    )}</table></div>`,
    html`<div><h4>All values</h4><table>${names.map(
      (name) =>
        html`<tr><th title=${describeSourceColumn(name).meaning}>${describeSourceColumn(name).title}</th><td><bdi>${shorten(formatValue(name, alert.values[name]!), 200)}</bdi></td></tr>`
    )}</table><p class="small">Raised by line ${formatCount(alert.line)} of <bdi>${alert.file}</bdi>, by model ${formatCount(alert.model)} and the rule <bdi>${alert.rule}</bdi>; alert <code>${alert.id}</code>.</p></div>`
  ];
}

const changeWords: Record<AlertChange, string> = {raised: "raised", grew: "grew", closed: "closed"};

// With as many digits as tell it from the score.
function formatBelow(threshold: number, score: number): string {
  return formatScore(threshold) === formatScore(score) ? threshold.toFixed(5) : formatScore(threshold);
}
