import {html} from "htl";
import L from "leaflet";
import type {PlaceSource} from "../lib/geo/places.js";
import {featureSources} from "../lib/traffic/featureColumn.js";
import {describeColumn} from "../lib/traffic/schema.js";
import {valueAt} from "../lib/traffic/table.js";
import {type ClusterSummary, clusterRows, type MapRows, summarize} from "./clusterRows.js";
import {formatCount, formatScore, formatValue} from "./format.js";
import {type Land, landRings} from "./landRings.js";
import {colorNames, fillOf, legendOf, type MapColor} from "./mapColors.js";
import {trafficType, trafficTypes} from "./palette.js";
import type {WithThreshold} from "./thresholdMark.js";
import {unplacedRows} from "./unplacedRows.js";

export type {Land} from "./landRings.js";

/** A map that shows other rows or scores, painted when it is told their threshold, without being made again. */
export type TrafficMap = WithThreshold & {show(rows: MapRows, domain: readonly [number, number]): void};

const tiles = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";

/**
 * Rows where they come from, near ones joined to clusters that open on a click. Colors show the prediction (the share of
 * a cluster that is flagged), the score (its highest) or the label. Rows without coordinates are counted below the map, by
 * the kind of their address where that is known. Where places come from a database, its attribution stands on the map.
 * Street tiles come from OpenStreetMap, and only when the reader asks for them.
 */
export function trafficMap(
  land: Land,
  {
    features,
    labelled,
    places = null,
    height = 520
  }: {features: readonly string[]; labelled: boolean; places?: PlaceSource | null; height?: number | string}
): TrafficMap {
  const place =
    html`<div class="map" style=${{height: typeof height === "number" ? `${height}px` : height}}></div>` as HTMLElement;
  const colors = (Object.keys(colorNames) as MapColor[]).filter((color) => labelled || color !== "label");
  const choice =
    html`<select aria-label="Color of the map">${colors.map((color) => html`<option value=${color}>${colorNames[color]}</option>`)}</select>` as HTMLSelectElement;
  const street = html`<input type="checkbox">` as HTMLInputElement;
  const legend = html`<span class="legend"></span>`;
  const unplaced = html`<p class="small"></p>`;
  const element =
    html`<div class="map-frame"><div class="map-tools"><label>Color by ${choice}</label> ${legend} <label>${street} street map from openstreetmap.org</label></div>${place}${unplaced}</div>` as HTMLElement;

  const map = L.map(place, {
    center: [25, 10],
    zoom: 2,
    minZoom: 1,
    maxZoom: 12,
    worldCopyJump: true,
    maxBounds: [[-85, -540], [85, 540]], // biome-ignore format: corners
    zoomSnap: 0.5
  });
  map.attributionControl.setPrefix("Leaflet").addAttribution("Natural Earth");
  if (places !== null) map.attributionControl.addAttribution(attributionOf(places));
  const shore = L.polygon(landRings(land), {stroke: false, fillOpacity: 1, interactive: false, className: "land"});
  const background = L.layerGroup([shore]).addTo(map);
  const streetTiles = L.tileLayer(tiles, {attribution: "© OpenStreetMap contributors", maxZoom: 19});
  const markers = L.layerGroup().addTo(map);

  let rows: MapRows = {table: {rows: 0, columns: {}}, score: new Float64Array(), label: null};
  let domain: readonly [number, number] = [0, 1];
  let clusters = clusterRows(rows.table);
  let threshold = Number.POSITIVE_INFINITY;
  let drawn: {marker: L.Marker; members: readonly number[]; icon: HTMLElement}[] = [];

  const draw = () => {
    const bounds = map.getBounds();
    markers.clearLayers();
    drawn = clusters
      .within([bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()], Math.round(map.getZoom()))
      .map(({id, latitude, longitude, rows: members}) => {
        const {icon, size} = iconOf(members.length);
        const marker = L.marker([latitude, longitude], {
          icon: L.divIcon({html: icon, className: "map-icon", iconSize: [size, size]}),
          riseOnHover: true
        });
        marker.bindTooltip(() =>
          members.length === 1
            ? rowTip(members[0]!, rows, threshold, features)
            : clusterTip(summarize(members, rows, threshold))
        );
        if (id !== null) {
          marker.on("click", () => map.flyTo(marker.getLatLng(), clusters.zoomInto(id), {duration: 0.4}));
        }
        markers.addLayer(marker);
        return {marker, members, icon};
      });
    paint();
  };
  const paint = () => {
    for (const {marker, members, icon} of drawn) {
      const summary = summarize(members, rows, threshold);
      icon.style.background = fillOf(summary, choice.value as MapColor, domain);
      marker.getElement()?.setAttribute("aria-label", wordsOf(summary));
    }
  };
  const explain = () => {
    legend.replaceChildren(...legendOf(choice.value as MapColor, domain));
  };

  map.on("moveend", draw);
  choice.addEventListener("input", (event) => {
    event.stopPropagation();
    explain();
    paint();
  });
  street.addEventListener("input", (event) => {
    event.stopPropagation();
    background.clearLayers().addLayer(street.checked ? streetTiles : shore);
  });
  explain();
  // The first rows decide what is in view, as soon as the map has a size.
  let framed = false;
  const frame = () => {
    const {x, y} = map.getSize();
    if (framed || x === 0 || y === 0 || clusters.places.length === 0) return;
    framed = true;
    const bounds = L.latLngBounds(clusters.places.map(([longitude, latitude]) => [latitude, longitude]));
    map.fitBounds(bounds, {padding: [12, 12], maxZoom: 6, animate: false});
  };
  new ResizeObserver(() => {
    map.invalidateSize();
    frame();
  }).observe(place);

  return Object.assign(element, {
    show(next: MapRows, scores: readonly [number, number]) {
      const isMoved = next.table !== rows.table;
      rows = next;
      domain = scores;
      explain();
      if (!isMoved) return;
      clusters = clusterRows(next.table);
      unplaced.textContent = unplacedRows(next.table);
      element.classList.toggle("placeless", next.table.rows > 0 && clusters.places.length === 0);
      frame();
      draw();
    },
    at(value: number) {
      threshold = value;
      paint();
    }
  });
}

function iconOf(count: number): {icon: HTMLElement; size: number} {
  const icon = document.createElement("div");
  if (count === 1) {
    icon.className = "dot";
    return {icon, size: 14};
  }
  icon.className = "cluster";
  icon.append(html`<span>${shortCount(count)}</span>`);
  return {icon, size: Math.round(26 + 7 * Math.log10(count))};
}

/** As HTML, which is what Leaflet takes. */
function attributionOf({attribution, url, database, licence}: PlaceSource): string {
  return (html`<a href=${url} title=${`${database}, ${licence}`}>${attribution}</a>` as HTMLElement).outerHTML;
}

function wordsOf({count, flagged}: ClusterSummary): string {
  return `${formatCount(count)} ${count === 1 ? "row" : "rows"}, ${formatCount(flagged)} flagged`;
}

function clusterTip(summary: ClusterSummary): HTMLElement {
  const [genuine, fake] = summary.types;
  const labels =
    genuine + fake > 0 ? html`<br>labels: ${formatCount(fake)} fake, ${formatCount(genuine)} genuine` : null;
  return html`<div><strong>${wordsOf(summary)}</strong>${labels}<br>highest score ${formatScore(summary.highest)}</div>`;
}

function rowTip(
  row: number,
  {table, score, label}: MapRows,
  threshold: number,
  features: readonly string[]
): HTMLElement {
  const values = featureSources(features);
  const shown = ["timestamp", "client", "city", "country", "network", ...values.slice(0, mostValues)];
  const names = shown.filter((name) => Object.hasOwn(table.columns, name));
  const more = values.length > mostValues ? `and ${formatCount(values.length - mostValues)} more features` : "";
  return html`<div><strong>${trafficTypes[trafficType(label?.[row])]!.name}</strong>, score ${formatScore(score[row]!)}, ${
    score[row]! > threshold ? "flagged" : "left alone"
  }<table>${names.map(
    (name) =>
      html`<tr><td>${describeColumn(name).title}</td><td>${formatValue(name, valueAt(table.columns[name]!, row))}</td></tr>`
  )}</table>${more}</div>`;
}

// What fits into a tooltip.
const mostValues = 10;

function shortCount(count: number): string {
  return count < 1000 ? `${count}` : `${(count / 1000).toFixed(count < 10_000 ? 1 : 0)}k`;
}
