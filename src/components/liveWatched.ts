import {html} from "htl";
import type {Watched, WatchState} from "../lib/live/liveState.js";
import {formatCount, formatCounted, formatScore} from "./format.js";
import {formatSpan} from "./liveTime.js";
import {say} from "./liveTurns.js";
import {shorten, watchedNoun} from "./liveWords.js";

/** A list of who is watched. */
export interface LiveWatched extends HTMLElement {
  show(state: WatchState): void;
}

/**
 * The open sessions or hosts with the highest scores, each with a bar towards the threshold. Rows are made once and filled anew,
 * so that the page does not move.
 */
export function liveWatched(): LiveWatched {
  const count = html`<p></p>`;
  const rows = Array.from({length: mostRows}, watchedRow);
  const heads = {records: html`<th class="number"></th>`, who: html`<th></th>`};
  const table =
    html`<table class="live-watched"><thead><tr>${heads.who}<th>Score</th>${heads.records}<th class="number">For</th></tr></thead><tbody>${rows.map(({element}) => element)}</tbody></table>` as HTMLElement;
  const element = html`<div>${count}<div class="live-watched-frame">${table}</div></div>`;
  // What lies below stays where it is when fewer are watched than before.
  let room = 0;
  return Object.assign(element, {
    show({watched, open, rows: kind, model}: WatchState) {
      say(count, openWords(open, kind, watched.length));
      room = Math.max(room, watched.length);
      table.hidden = room === 0;
      say(heads.who, kind === "flows" ? "Host" : "Client");
      say(heads.records, kind === "flows" ? "Flows" : "Requests");
      for (const [i, row] of rows.entries()) row.show(watched[i] ?? null, model.threshold, i < room);
    }
  });
}

const mostRows = 20;

function openWords(open: number, rows: WatchState["rows"], listed: number): string {
  if (open === 0) return rows === null ? "Nobody is here yet." : `No ${watchedNoun(rows)} is open.`;
  const all = `${formatCounted(open, watchedNoun(rows))} ${open === 1 ? "is" : "are"} open`;
  if (listed === 0) return `${all}; none of them is scored yet.`;
  return open > listed ? `${all}; those with the highest scores:` : `${all}:`;
}

function watchedRow() {
  const client = html`<b></b>`;
  const agent = html`<small></small>`;
  const who = html`<td class="live-watched-who"><bdi>${client}</bdi><bdi>${agent}</bdi></td>` as HTMLElement;
  const bar = html`<i></i>` as HTMLElement;
  const mark = html`<s></s>` as HTMLElement;
  const score = html`<span class="number"></span>`;
  const records = html`<td class="number"></td>`;
  const span = html`<td class="number"></td>`;
  const element =
    html`<tr hidden>${who}<td><div class="live-bar"><span>${bar}${mark}</span>${score}</div></td>${records}${span}</tr>` as HTMLElement;
  return {
    element,
    show(watched: Watched | null, threshold: number | null, hasRoom: boolean) {
      element.hidden = !hasRoom;
      element.style.visibility = watched === null ? "hidden" : "";
      if (watched === null) return;
      const isAlert = watched.alert !== null;
      element.classList.toggle("alert", isAlert);
      say(client, shorten(watched.client, 45));
      say(agent, shorten(watched.agent ?? "", 90));
      who.title = [watched.client, shorten(watched.agent ?? "", 500)].filter(Boolean).join("\n");
      bar.style.width = `${watched.score * 100}%`;
      mark.hidden = threshold === null;
      if (threshold !== null) mark.style.left = `${threshold * 100}%`;
      say(score, `${formatScore(watched.score)}${isAlert ? " alert" : ""}`);
      say(records, formatCount(watched.records));
      say(span, formatSpan(watched.changed - watched.began));
    }
  };
}
