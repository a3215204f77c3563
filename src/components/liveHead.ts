import {html} from "htl";
import type {WatchState} from "../lib/live/liveState.js";
import {formatCount, formatScore} from "./format.js";
import type {Connection} from "./liveFeed.js";
import {formatBytes, formatMoment} from "./liveTime.js";
import {say} from "./liveTurns.js";
import {headline, isServed, rateWords, recordNoun, recordsPerSecond, watchedNoun} from "./liveWords.js";

/** The head of the page. */
export interface LiveHead extends HTMLElement {
  show(state: WatchState | null, connection: Connection): void;
}

/** What is happening in a sentence, the numbers that matter, and whether the page still hears of it. */
export function liveHead(): LiveHead {
  const words = html`<p class="lede live-headline">Asking what is watched …</p>` as HTMLElement;
  const link = html`<p class="live-connection" role="status"></p>` as HTMLElement;
  const numbers = Array.from({length: 5}, () => ({value: html`<strong>–</strong>`, label: html`<span></span>`}));
  const element = html`<div class="live-head">${words}${link}<div class="figures">${numbers.map(({value, label}) => html`<div>${value}${label}</div>`)}</div></div>`;
  return Object.assign(element, {
    show(state: WatchState | null, connection: Connection) {
      const isLost = connection.status === "lost";
      say(link, isLost ? lostWords(connection, state) : "");
      element.classList.toggle("lost", isLost);
      if (state === null) return;
      const {tone, words: text} = headline(state);
      say(words, text);
      words.dataset.tone = tone;
      for (const [i, {value, label}] of figuresOf(state).entries()) {
        say(numbers[i]!.value, value);
        say(numbers[i]!.label, label);
      }
    }
  });
}

function lostWords({reason, since}: Connection, state: WatchState | null): string {
  const shown = state === null ? "" : " What is shown is of then.";
  return `Connection lost at ${formatMoment(since, since)} UTC, trying again: ${reason ?? "no answer"}.${shown}`;
}

function figuresOf(state: WatchState): {value: string; label: string}[] {
  const {minutes, clock, rows, open, alerts, model} = state;
  const noun = recordNoun(rows);
  const [rate, unit = `${noun}s/s`] = clock === null ? ["–"] : split(rateWords(recordsPerSecond(minutes, clock), noun));
  const behind = isServed(state) ? state.sources.reduce((sum, source) => sum + source.behind, 0) : 0;
  return [
    {value: rate!, label: unit},
    {value: formatCount(open), label: `${watchedNoun(rows)}s open`},
    {value: formatCount(alerts.open), label: "alerts open"},
    {value: formatCount(alerts.lastHour), label: "alerts in the last hour"},
    behind > 0 && model.threshold === null
      ? {value: formatBytes(behind), label: "behind"}
      : {value: model.threshold === null ? "–" : formatScore(model.threshold), label: "threshold of scores"}
  ];
}

function split(words: string): string[] {
  const at = words.indexOf(" ");
  return [words.slice(0, at), words.slice(at + 1)];
}
