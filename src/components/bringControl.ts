import {html} from "htl";
import type {RowKind} from "../lib/traffic/ingest.js";
import type {BringAnswer, BringOrder, Brought} from "./bringWorker.js";
import {formatCount, formatCounted} from "./format.js";
import {ingestReport} from "./ingestReport.js";

/** Rows of the reader’s own logs, and the choices by which they were read. */
export interface BroughtLogs extends Brought {
  readonly files: readonly string[];
  readonly choices: BringChoices;
}

/** How the reader wants logs to be read. */
export interface BringChoices {
  readonly rows: RowKind | null;
  readonly forwarded: "ignore" | "last" | "first";
  readonly places: boolean;
  readonly anonymize: boolean;
}

/** What places need, fetched when the reader asks for them. */
export type LoadPlaces = () => Promise<NonNullable<BringOrder["places"]>>;

/**
 * Takes log files, dropped or chosen, has a worker read and score them, says how far it is and can stop it. Its value is what
 * came of the last files; undefined before. Nothing is sent anywhere. The worker ends with the cell.
 */
export function bringControl(
  loadPlaces: LoadPlaces,
  invalidation: Promise<void>
): HTMLElement & {value: BroughtLogs | undefined} {
  let files: readonly File[] = [];
  let worker: Worker | null = null;

  const input = html`<input type="file" multiple>` as HTMLInputElement;
  const zone = html`<label class="drop-zone">
    <strong>Drop log files here, or choose them</strong>
    <span>Web access logs, Zeek, Suricata EVE, nfdump, VPC flow logs, Argus, pcap; also gzip’d; several are read as one.</span>
    ${input}
  </label>` as HTMLElement;
  const rows = html`<select>
    <option value="">what the log holds</option><option value="sessions">sessions</option><option value="flows">flows</option>
  </select>` as HTMLSelectElement;
  const forwarded = html`<select>
    <option value="ignore">the connection</option><option value="last">X-Forwarded-For, last</option><option value="first">X-Forwarded-For, first (anyone can forge it)</option>
  </select>` as HTMLSelectElement;
  const places = html`<input type="checkbox">` as HTMLInputElement;
  const anonymize = html`<input type="checkbox">` as HTMLInputElement;
  const choices = html`<form class="bring-choices">
    <label>Client address from ${forwarded}</label>
    <label>Rows ${rows}</label>
    <label>${places} Look up countries <span class="muted">(loads a database of 8 MB from this site)</span></label>
    <label>${anonymize} Replace addresses by pseudonyms</label>
  </form>` as HTMLFormElement;
  const bar = html`<progress max="1" value="0" aria-label="Reading"></progress>` as HTMLProgressElement;
  const cancel = html`<button type="button">Cancel</button>` as HTMLButtonElement;
  const words = html`<output></output>`;
  const state = html`<div class="bring-state" hidden>${bar} ${words} ${cancel}</div>` as HTMLElement;
  const report = html`<div class="bring-report"></div>`;
  const control: HTMLElement & {value: BroughtLogs | undefined} = Object.assign(
    html`<div class="bring">${zone}${choices}${state}${report}</div>` as HTMLElement,
    {value: undefined}
  );

  const say = (text: string, {isBusy = false, isFailed = false} = {}) => {
    state.hidden = text === "";
    state.classList.toggle("failed", isFailed);
    words.textContent = text;
    bar.hidden = cancel.hidden = !isBusy;
  };
  // Rows that were read before stay on the page when others cannot be.
  const below = () => (control.value === undefined ? "" : `. Below is still ${control.value.files.join(", ")}.`);
  const stop = () => {
    worker?.terminate();
    worker = null;
  };
  const chosen = (): BringChoices => ({
    rows: (rows.value || null) as RowKind | null,
    forwarded: forwarded.value as BringChoices["forwarded"],
    places: places.checked,
    anonymize: anonymize.checked
  });
  const hear = (data: BringAnswer, wanted: BringChoices) => {
    switch (data.state) {
      case "reading": {
        const {bytes, of, rows, reports} = data;
        const records = reports.reduce((sum, {records}) => sum + records, 0);
        bar.value = of === 0 ? 0 : bytes / of;
        const unit = reports.at(-1)?.unit ?? "line";
        say(
          `${megabytes(bytes)} of ${megabytes(of)} read: ${formatCounted(records, unit)}, ${formatCounted(rows, "row")}`,
          {isBusy: true}
        );
        return;
      }
      case "scoring":
        bar.removeAttribute("value");
        say(`Growing a forest from ${formatCounted(data.rows, "row")} and scoring them …`, {isBusy: true});
        return;
      case "failed":
        stop();
        say(`${data.message}${below()}`, {isFailed: true});
        return;
      case "done": {
        stop();
        const {brought} = data;
        say("");
        report.replaceChildren(ingestReport(filesOf(brought)));
        control.value = {...brought, files: files.map(({name}) => name), choices: wanted};
        control.dispatchEvent(new Event("input", {bubbles: true}));
      }
    }
  };
  const read = async () => {
    stop();
    if (files.length === 0) return;
    const wanted = chosen();
    say("Starting …", {isBusy: true});
    let started: Worker | null = null;
    try {
      started = new Worker(import.meta.resolve("./bringWorker.js"), {type: "module"});
      worker = started;
      started.onmessage = ({data}: MessageEvent<BringAnswer>) => hear(data, wanted);
      started.onerror = ({message}) =>
        hear({state: "failed", message: message || "no worker could be started"}, wanted);
      const order: BringOrder = {
        files,
        ingest: {...(wanted.rows === null ? {} : {rows: wanted.rows}), sessions: {forwarded: wanted.forwarded}},
        places: wanted.places ? await loadPlaces() : null,
        anonymize: wanted.anonymize ? randomSeed() : null
      };
      if (worker === started) started.postMessage(order);
    } catch (error) {
      if (worker !== started) return;
      stop();
      say(`Cannot read: ${error instanceof Error ? error.message : error}${below()}`, {isFailed: true});
    }
  };
  const take = (list: FileList | null | undefined) => {
    if (!list || list.length === 0) return;
    files = [...list];
    void read();
  };

  input.addEventListener("input", (event) => event.stopPropagation());
  input.addEventListener("change", () => {
    take(input.files);
    // The same file again is a choice too.
    input.value = "";
  });
  for (const type of ["dragenter", "dragover"]) {
    control.addEventListener(type, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  control.addEventListener("dragleave", () => zone.classList.remove("over"));
  control.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    take(event.dataTransfer?.files);
  });
  choices.addEventListener("submit", (event) => event.preventDefault());
  choices.addEventListener("input", (event) => {
    event.stopPropagation();
    void read();
  });
  cancel.addEventListener("click", () => {
    stop();
    say(`Cancelled${below() || ". Nothing was kept."}`);
  });
  invalidation.then(stop);
  return control;
}

function filesOf({summary: {source}}: Brought) {
  return source.type === "logs" ? source.files : [];
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${formatCount(Math.ceil(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function randomSeed(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(36)).join("");
}
