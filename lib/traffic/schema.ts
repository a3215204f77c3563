import type {ColumnSpecification} from "./columnSpecification.js";
import {parseFeature} from "./featureColumn.js";
import {flowColumns} from "./flowColumns.js";
import {sessionColumns} from "./sessionColumns.js";

export type {ColumnSpecification, Role} from "./columnSpecification.js";

/** Every column that the library makes or knows, in display order; the only place where names, units and meanings are declared. */
export const schema: readonly ColumnSpecification[] = [
  {
    name: "timestamp",
    title: "Time",
    type: "time",
    role: "time",
    unit: "UTC",
    meaning: "When the session or flow began."
  },
  {
    name: "client",
    title: "Client",
    type: "text",
    role: "client",
    unit: "",
    meaning: "Who sent the requests or opened the flow, as far as the log tells."
  },
  {
    name: "request_rate",
    title: "Request rate",
    type: "number",
    role: "feature",
    unit: "requests/min",
    meaning: "Requests a minute, over the session’s duration or over one minute if it was shorter.",
    reveals: "High for fast scrapers, scans and credential stuffing."
  },
  {
    name: "session_duration",
    title: "Session duration",
    type: "number",
    role: "feature",
    unit: "s",
    meaning: "Time from the first to the last request.",
    reveals: "Hours for slow crawlers, next to nothing for click fraud and referrer spam."
  },
  {
    name: "unique_paths_visited",
    title: "Unique paths",
    type: "number",
    role: "feature",
    unit: "paths",
    meaning: "Distinct paths requested, without assets.",
    reveals: "High for scrapers and scans, one or two for credential stuffing."
  },
  {
    name: "error_share",
    title: "Error share",
    type: "number",
    role: "feature",
    unit: "share",
    meaning: "Share of requests answered with a status of 400 or above.",
    reveals: "High for vulnerability scans (404) and credential stuffing (401)."
  },
  {
    name: "gap_variation",
    title: "Gap variation",
    type: "number",
    role: "feature",
    unit: "ratio",
    meaning:
      "Standard deviation of the pauses between page requests over their mean; 0 is a metronome, people are near 1. Sessions of fewer than three pages count as 1.",
    reveals: "Low for machines that keep an even pace, however slow."
  },
  {
    name: "asset_share",
    title: "Asset share",
    type: "number",
    role: "feature",
    unit: "share",
    meaning: "Share of requests for images, styles, scripts and fonts.",
    reveals: "Near 0 for clients that read pages without showing them."
  },
  {
    name: "referrer_share",
    title: "Referrer share",
    type: "number",
    role: "feature",
    unit: "share",
    meaning: "Share of page requests that say which page they come from.",
    reveals: "Near 0 for scrapers and scans, 1 for referrer spam."
  },
  {
    name: "post_share",
    title: "Post share",
    type: "number",
    role: "feature",
    unit: "share",
    meaning: "Share of page requests that send data (POST).",
    reveals: "High for credential stuffing."
  },
  ...sessionColumns,
  ...flowColumns,
  {
    name: "latitude",
    title: "Latitude",
    type: "number",
    role: "place",
    unit: "°",
    range: [-90, 90],
    meaning: "Degrees north, missing when unknown."
  },
  {
    name: "longitude",
    title: "Longitude",
    type: "number",
    role: "place",
    unit: "°",
    range: [-180, 180],
    meaning: "Degrees east, missing when unknown."
  },
  {
    name: "country",
    title: "Country",
    type: "text",
    role: "place",
    unit: "",
    meaning: "The country of Natural Earth 1:50m that contains the coordinates or the city, missing when unknown."
  },
  {
    name: "city",
    title: "City",
    type: "text",
    role: "place",
    unit: "",
    meaning: "The nearest large city, where the traffic states one, or the city that a database knows for the address."
  },
  {
    name: "place_precision",
    title: "Place precision",
    type: "text",
    role: "place",
    unit: "",
    meaning: "What the coordinates are of: city, or country where they are only a point within it, missing without."
  },
  {
    name: "network",
    title: "Network",
    type: "text",
    role: "place",
    unit: "",
    meaning:
      "The block of addresses that the place is known for, or the network’s number and name, missing when unknown."
  },
  {
    name: "address_kind",
    title: "Address kind",
    type: "text",
    role: "place",
    unit: "",
    meaning:
      "What the address whose place this is is for by IANA’s registries: public, private, loopback, …, or not an address."
  },
  {
    name: "hour",
    title: "Hour",
    type: "number",
    role: "time",
    unit: "UTC",
    meaning: "Hour of the day in which the session began, 0 to 23."
  },
  {
    name: "day_of_week",
    title: "Weekday",
    type: "text",
    role: "time",
    unit: "UTC",
    meaning: "Weekday on which the session began."
  },
  {
    name: "anomaly_score",
    title: "Score",
    type: "number",
    role: "result",
    unit: "",
    meaning: "Anomaly score in (0, 1], 2^(−E[h(x)] / c(ψ)); higher is more anomalous."
  },
  {
    name: "anomaly",
    title: "Flagged",
    type: "number",
    role: "result",
    unit: "",
    meaning: "1 where the score is above the threshold, 0 elsewhere."
  },
  {
    name: "fake_traffic",
    title: "Label",
    type: "number",
    role: "label",
    unit: "",
    meaning: "1 fake or malicious, 0 genuine, missing unknown. The forest never sees it."
  },
  {
    name: "kind",
    title: "Kind",
    type: "text",
    role: "label",
    unit: "",
    meaning: "Which behaviour the row shows, where that is known. The forest never sees it."
  },

  {
    name: "tool",
    title: "Tool",
    type: "text",
    role: "label",
    unit: "",
    meaning: "Which program made the row, where that is known. The forest never sees it."
  },
  {
    name: "source_line",
    title: "Line",
    type: "number",
    role: "result",
    unit: "",
    meaning: "Line of the input file, or number of the simulated session, that the row comes from."
  },
  {
    name: "source_file",
    title: "File",
    type: "text",
    role: "result",
    unit: "",
    meaning: "Name of the input file that the line is in, where there are several."
  }
];

const byName = new Map(schema.map((column) => [column.name, column]));

/**
 * The declaration of a column or of a feature such as `log(bytes)`; of a column that the schema does not know, its bare
 * name as a numeric feature.
 */
export function describeColumn(name: string): ColumnSpecification {
  const {column, isLog} = parseFeature(name);
  const base = byName.get(column) ?? {
    name: column,
    title: column,
    type: "number",
    role: "feature",
    unit: "",
    meaning: ""
  };
  return isLog ? logOf(base) : base;
}

/** Whether the schema knows the column. */
export function isDeclared(name: string): boolean {
  return byName.has(name);
}

function logOf({range: _, ...base}: ColumnSpecification): ColumnSpecification {
  const scale = "On a logarithmic scale, as log₁₀(1 + x).";
  return {
    ...base,
    name: `log(${base.name})`,
    title: `${base.title}, log`,
    type: "number",
    unit: `log₁₀ ${base.unit}`.trim(),
    meaning: base.meaning === "" ? scale : `${base.meaning} ${scale}`
  };
}
