import {html} from "htl";
import type {WatchState} from "../lib/live/liveState.js";
import {formatCount, formatCounted} from "./format.js";
import {type LiveAlertRow, liveAlertRow} from "./liveAlertRow.js";
import type {KnownAlert, LiveAlerts} from "./liveAlerts.js";
import {say} from "./liveTurns.js";

/** A list of alerts that follows them. */
export interface LiveAlertList extends HTMLElement {
  show(alerts: LiveAlerts, state: WatchState | null): void;
}

/**
 * Alerts as they arrive, the newest first, at most a hundred. While somebody points into the list, has scrolled it, or is in
 * it by keyboard, and as long as it is told to hold, rows stay where they are: they change, but none comes or goes, and what has
 * come is counted.
 */
export function liveAlertList(): LiveAlertList {
  const list = html`<ol class="live-alerts" tabindex="0" aria-label="Alerts, the newest first"></ol>` as HTMLElement;
  const empty = html`<p class="live-empty muted"></p>` as HTMLElement;
  const count = html`<span></span>`;
  const button = html`<button type="button" aria-pressed="false">Hold</button>` as HTMLButtonElement;
  const element = html`<div class="live-alert-list"><div class="live-tools">${count}${button}</div><div class="live-alert-frame">${list}${empty}</div></div>`;
  const rows = new Map<string, LiveAlertRow>();
  let shown: {alerts: LiveAlerts; state: WatchState | null} | null = null;
  let isHeld = false;
  let isPointedAt = false;
  let isEntered = false;

  const holdsStill = () => isHeld || isPointedAt || isEntered || list.scrollTop > 4;
  const draw = () => {
    if (shown === null) return;
    const {alerts, state} = shown;
    const newest = alerts.newest(mostRows);
    const clock = state?.clock ?? newest[0]?.alert.changed ?? 0;
    const isStill = rows.size > 0 && alerts.size > 0 && holdsStill();
    let waiting = 0;
    if (isStill) {
      for (const {id, row} of named(rows)) {
        const known = alerts.find(id);
        if (known !== null) row.show(known.alert, clock);
      }
      waiting = newest.findIndex(({alert}) => rows.has(alert.id));
      if (waiting < 0) waiting = newest.length;
    } else {
      arrange(newest, clock);
    }
    empty.hidden = rows.size > 0;
    say(empty, emptyWords(state));
    say(count, countWords(rows.size, alerts, state, isStill, waiting));
    button.setAttribute("aria-pressed", `${isHeld}`);
  };
  const arrange = (newest: readonly KnownAlert[], clock: number) => {
    const isFirst = rows.size === 0;
    const kept = new Set(newest.map(({alert}) => alert.id));
    for (const {id, row} of named(rows)) {
      if (kept.has(id)) continue;
      row.element.remove();
      rows.delete(id);
    }
    let next = list.firstElementChild;
    for (const {alert} of newest) {
      let row = rows.get(alert.id);
      if (row === undefined) {
        row = liveAlertRow(alert, clock);
        row.element.classList.toggle("arriving", !isFirst);
        rows.set(alert.id, row);
      } else {
        row.show(alert, clock);
      }
      if (row.element === next) next = next.nextElementSibling;
      else list.insertBefore(row.element, next);
    }
  };

  button.addEventListener("click", () => {
    isHeld = !isHeld;
    if (!isHeld) list.scrollTop = 0;
    draw();
  });
  // A finger has no place to rest without touching: it scrolls.
  list.addEventListener("pointerenter", ({pointerType}) => {
    isPointedAt = pointerType === "mouse";
  });
  list.addEventListener("pointerleave", () => {
    isPointedAt = false;
    draw();
  });
  list.addEventListener("focusin", () => {
    isEntered = list.matches(":focus-visible") || list.querySelector(":focus-visible") !== null;
  });
  list.addEventListener("focusout", () => {
    isEntered = false;
    requestAnimationFrame(draw);
  });
  list.addEventListener("scroll", () => {
    if (list.scrollTop <= 4) draw();
  });
  return Object.assign(element, {
    show(alerts: LiveAlerts, state: WatchState | null) {
      shown = {alerts, state};
      draw();
    }
  });
}

const mostRows = 100;

function named(rows: Map<string, LiveAlertRow>): {id: string; row: LiveAlertRow}[] {
  return Array.from(rows, ([id, row]) => ({id, row}));
}

function emptyWords(state: WatchState | null): string {
  if (state === null || state.model.phase === "waiting") return "Alerts will stand here as they arrive.";
  if (state.model.phase === "warming up") return "No alert yet: nothing is judged while the model warms up.";
  return "No alert yet: nothing has crossed the threshold.";
}

function countWords(
  rows: number,
  alerts: LiveAlerts,
  state: WatchState | null,
  isStill: boolean,
  waiting: number
): string {
  if (rows === 0) return "None so far";
  const raised = Math.max(state?.alerts.raised ?? 0, alerts.size);
  const all =
    raised > rows ? `The newest ${formatCount(rows)} of ${formatCount(raised)}` : formatCounted(rows, "alert");
  if (!isStill) return `${all}, as they arrive`;
  if (waiting === 0) return `${all}, held while you look`;
  return `Held while you look: ${waiting >= mostRows ? `${mostRows} or more` : formatCount(waiting)} new above`;
}
