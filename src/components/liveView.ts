import {html} from "htl";
import type {WatchState} from "../lib/live/liveState.js";
import type {Land} from "./landRings.js";
import {liveAlertList} from "./liveAlertList.js";
import {LiveAlerts} from "./liveAlerts.js";
import {type LiveChart, liveChart} from "./liveChart.js";
import {alertsChart, recordsChart, scoresChart} from "./liveCharts.js";
import type {Connection, LiveListener} from "./liveFeed.js";
import {liveHead} from "./liveHead.js";
import type {LiveMap} from "./liveMap.js";
import {liveModel, liveSources} from "./liveSystem.js";
import {drawSoon, say} from "./liveTurns.js";
import {liveWatched} from "./liveWatched.js";

/** The parts of the page, and what makes them follow. */
export interface LiveView {
  readonly head: HTMLElement;
  readonly charts: HTMLElement;
  readonly alerts: HTMLElement;
  readonly watched: HTMLElement;
  readonly map: HTMLElement;
  readonly system: HTMLElement;
  readonly listener: LiveListener;
}

/**
 * All parts of the page. Alerts are drawn in the next frame, everything else at most once a second, whatever comes. The map
 * is made when there is a first place to show.
 */
export function liveView(loadLand: () => Promise<Land>, invalidation: Promise<void>): LiveView {
  const alerts = new LiveAlerts();
  let state: WatchState | null = null;
  let connection: Connection = {status: "connecting", reason: null, since: Date.now()};

  const head = liveHead();
  const size = (width: number) => ({width, height: chartHeight});
  const chart = (draw: typeof recordsChart): LiveChart =>
    liveChart((width) => draw(state ?? nothing, size(width)), {height: chartHeight, invalidation});
  const charts = [chart(recordsChart), chart(scoresChart), chart(alertsChart)];
  const list = liveAlertList();
  const watched = liveWatched();
  const model = liveModel();
  const sources = liveSources();
  const placeWords = html`<p></p>` as HTMLElement;
  const mapPlace = html`<div>${placeWords}</div>` as HTMLElement;
  let map: LiveMap | Promise<void> | null = null;

  const drawMap = ({arrivals, model: {phase}}: WatchState) => {
    if (map === null && arrivals.length > 0) {
      map = Promise.all([import("./liveMap.js"), loadLand()]).then(([{liveMap}, land]) => {
        map = liveMap(land, {invalidation});
        mapPlace.append(map);
        if (state !== null) drawMap(state);
      });
    }
    say(placeWords, arrivals.length > 0 ? placedWords : phase === "waiting" ? nobodyWords : placelessWords);
    if (map !== null && "show" in map) map.show(arrivals);
  };
  const drawAlerts = drawSoon(() => list.show(alerts, state), 250);
  const drawRest = drawSoon(() => {
    head.show(state, connection);
    if (state === null) return;
    for (const chart of charts) chart.moved();
    watched.show(state);
    model.show(state);
    sources.show(state);
    drawMap(state);
  }, 500);

  drawAlerts();
  return {
    head,
    charts: html`<div class="live-charts">${charts}</div>`,
    alerts: list,
    watched,
    map: mapPlace,
    system: html`<div class="live-system">${model}${sources}</div>`,
    listener: {
      state(next) {
        state = next;
        drawRest();
        drawAlerts();
      },
      events(events) {
        for (const event of events) alerts.take(event);
        drawAlerts();
      },
      reset() {
        alerts.clear();
        drawAlerts();
      },
      connection(next) {
        connection = next;
        drawRest();
      }
    }
  };
}

const chartHeight = 190;
const placedWords = "Clients of the last ten minutes. Places with alerts stand out.";
const placelessWords = "No client of the last ten minutes has a known place.";
const nobodyWords = "Nobody has come yet.";

const nothing: WatchState = {
  rows: null,
  clock: null,
  records: 0,
  open: 0,
  late: 0,
  ahead: 0,
  model: {
    phase: "waiting",
    gathered: 0,
    needed: 0,
    generation: 0,
    since: null,
    isRetraining: false,
    nextAt: null,
    preset: "",
    features: [],
    rule: "",
    threshold: null,
    budget: null,
    window: {hours: 0, rows: 0, leftOut: []},
    drift: null
  },
  alerts: {raised: 0, open: 0, lastHour: 0},
  minutes: [],
  watched: [],
  arrivals: []
};
