import {html} from "htl";
import type {WatchState} from "../lib/live/liveState.js";
import {describeSourceColumn, formatCount, formatCounted} from "./format.js";
import {
  budgetWords,
  checkpointWords,
  driftWords,
  isServed,
  lossWords,
  modelWords,
  outputWords,
  recordNoun,
  sourceWords,
  thresholdWords
} from "./liveWords.js";

/** A part of the page that tells how things stand. */
export interface LiveSystem extends HTMLElement {
  show(state: WatchState): void;
}

/** The model in words: how it stands, its threshold, what it learns from, and whether the traffic is still like that. */
export function liveModel(): LiveSystem {
  return told("The model", ({model, alerts, rows, clock}) => [
    ...modelWords(model, rows, clock ?? 0).map((words) => line(words)),
    line(thresholdWords(model)),
    line(
      `${budgetWords(alerts.lastHour, model.budget)}.`,
      model.budget !== null && alerts.lastHour > model.budget ? "notable" : ""
    ),
    line(driftWords(model.drift), model.drift?.level === "strong" ? "notable" : ""),
    line(`It sees ${titlesOf(model.features)}.`, "muted")
  ]);
}

/** Sources, the checkpoint and outputs: a line each while all is well, more where something is lost or wrong. */
export function liveSources(): LiveSystem {
  return told("Sources and outputs", (state) => {
    const {late, ahead, records, rows} = state;
    const counted = line(
      `${formatCounted(records, recordNoun(rows))} taken${late > 0 ? `, ${formatCount(late)} of them late` : ", none late"}${ahead > 0 ? `; ${formatCount(ahead)} were left out, as their times lie more than a day ahead` : ""}.`
    );
    if (!isServed(state))
      return [counted, line("A recording has no sources, checkpoint or outputs: eddy live has.", "muted")];
    const {now} = state;
    return [
      ...state.sources.map((source) => {
        const losses = lossWords(source);
        return html`<div class=${source.fault === null ? "" : "fault"}><b><bdi>${source.name}</bdi></b> ${sourceWords(source, now)}${losses.length > 0 ? html`<br><span class="notable">${losses.join(", ")}</span>` : null}${reasonsOf(source.rejects)}${reasonsOf(source.more.map(({what, count}) => ({reason: what, count})))}</div>`;
      }),
      counted,
      line(checkpointWords(state.checkpoint, now), state.checkpoint?.fault ? "fault" : ""),
      ...state.outputs.map(
        (output) =>
          html`<div class=${output.fault === null ? "" : "fault"}>${output.kind} <b><bdi>${output.name}</bdi></b>: ${outputWords(output)}</div>`
      ),
      line(
        `Eddy ${state.version}, running since ${new Date(state.started).toISOString().slice(0, 16).replace("T", " ")} UTC.`,
        "muted"
      )
    ];
  });
}

// Lines are replaced only where they change, so that a selection stays.
function told(title: string, lines: (state: WatchState) => HTMLElement[]): LiveSystem {
  const body = html`<div class="live-lines"></div>`;
  const element = html`<div class="card"><h3>${title}</h3>${body}</div>`;
  return Object.assign(element, {
    show(state: WatchState) {
      const next = lines(state);
      for (const [i, element] of next.entries()) {
        const before = body.children[i];
        if (before === undefined) body.append(element);
        else if (!before.isEqualNode(element)) before.replaceWith(element);
      }
      while (body.children.length > next.length) body.lastElementChild!.remove();
    }
  });
}

function line(words: string, className = ""): HTMLElement {
  return html`<div class=${className}>${words}</div>`;
}

function reasonsOf(reasons: readonly {reason: string; count: number}[]): HTMLElement | null {
  if (reasons.length === 0) return null;
  return html`<div class="small">${reasons.map(({reason, count}) => `${formatCount(count)} × ${reason}`).join("; ")}</div>`;
}

function titlesOf(features: readonly string[]): string {
  const titles = features.map((feature) => describeSourceColumn(feature).title.toLowerCase());
  return titles.length === 0 ? "nothing yet" : titles.join(", ");
}
