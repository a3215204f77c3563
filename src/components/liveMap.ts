import {html} from "htl";
import L from "leaflet";
import type {Arrival} from "../lib/live/liveState.js";
import {formatCounted} from "./format.js";
import {type Land, landRings} from "./landRings.js";

/** A map that shows who has just come from where. */
export interface LiveMap extends HTMLElement {
  show(arrivals: readonly Arrival[]): void;
}

/** Where clients came from in the last ten minutes: the more clients the larger the dot; places with alerts have the color of alerts. */
export function liveMap(land: Land, {invalidation}: {invalidation: Promise<void>}): LiveMap {
  const place = html`<div class="map live-map"></div>` as HTMLElement;
  const map = L.map(place, {
    center: [25, 10],
    zoom: 1.5,
    minZoom: 1,
    maxZoom: 8,
    zoomSnap: 0.5,
    worldCopyJump: true,
    scrollWheelZoom: false,
    maxBounds: [[-85, -540], [85, 540]] // biome-ignore format: corners
  });
  map.attributionControl.setPrefix("Leaflet").addAttribution("Natural Earth");
  L.polygon(landRings(land), {stroke: false, fillOpacity: 1, interactive: false, className: "land"}).addTo(map);
  const markers = new Map<string, {marker: L.CircleMarker; arrival: Arrival}>();
  const sizing = new ResizeObserver(() => map.invalidateSize());
  sizing.observe(place);
  void invalidation.then(() => {
    sizing.disconnect();
    map.remove();
  });

  return Object.assign(place, {
    show(arrivals: readonly Arrival[]) {
      const gone = new Set(markers.keys());
      for (const arrival of arrivals) {
        const key = `${arrival.latitude} ${arrival.longitude}`;
        gone.delete(key);
        const known = markers.get(key);
        if (known !== undefined) {
          known.arrival = arrival;
          style(known.marker, arrival);
          continue;
        }
        const marker = L.circleMarker([arrival.latitude, arrival.longitude], {weight: 1.5, fillOpacity: 0.75});
        const placed = {marker, arrival};
        markers.set(key, placed);
        marker.bindTooltip(() => html`<div>${arrivalWords(placed.arrival)}</div>`);
        marker.addTo(map);
        style(marker, arrival);
      }
      for (const key of gone) {
        markers.get(key)!.marker.remove();
        markers.delete(key);
      }
    }
  });
}

function style(marker: L.CircleMarker, {clients, alerts}: Arrival): void {
  marker.setRadius(Math.min(24, 4 + 2 * Math.sqrt(clients)));
  const element = marker.getElement();
  element?.setAttribute("class", `leaflet-interactive arrival${alerts > 0 ? " alert" : ""}`);
  if (alerts > 0) marker.bringToFront();
}

function arrivalWords({country, clients, alerts}: Arrival): string {
  return `${country ?? "A place without a country"}: ${formatCounted(clients, "client")}, ${alerts === 0 ? "no alert" : formatCounted(alerts, "alert")}`;
}
