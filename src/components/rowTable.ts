import * as Inputs from "@observablehq/inputs";
import {html} from "htl";
import {sortOrder} from "../lib/forest/sortOrder.js";
import {tableToCsv} from "../lib/traffic/csv.js";
import {featureSources} from "../lib/traffic/featureColumn.js";
import {describeColumn} from "../lib/traffic/schema.js";
import {numbers, type Table, valueAt} from "../lib/traffic/table.js";
import {downloadButton} from "./downloadButton.js";
import {formatValue, titleWithUnit} from "./format.js";
import {trafficType, trafficTypes} from "./palette.js";
import type {WithThreshold} from "./thresholdMark.js";

// The others are in the CSV file: they follow from these, or are too wide to read beside them.
const first = ["kind", "timestamp", "client"];
const last = ["country", "city", "source_line"];

/** A table that shows other scores of its rows, and knows the threshold, without being made again. */
export type RowTable = WithThreshold & {rescore(score: Float64Array): void};

/**
 * Every row, highest scores first: searched by any text or number in it, sorted by a click on a column, downloaded as CSV
 * with all columns.
 * Other scores are drawn when the table comes near the screen.
 */
export function rowTable(
  rows: Table,
  {name, features, label}: {name: string; features: readonly string[]; label: string | null}
): RowTable {
  const table = {rows: rows.rows, columns: {...rows.columns}};
  let threshold = Number.POSITIVE_INFINITY;
  const columns = [
    "anomaly_score",
    ...(label === null ? [] : [label]),
    ...first,
    ...featureSources(features),
    ...last
  ].filter((column) => Object.hasOwn(table.columns, column));
  const search = Inputs.search(rowsOf(table, columns), {placeholder: "Search rows: a client, a country, a number …"});
  const holder = html`<div class="rows"></div>`;
  const draw = () => {
    holder.replaceChildren(
      Inputs.table(byScore(search.value, numbers(table, "anomaly_score")), {
        columns,
        header: Object.fromEntries(columns.map((column) => [column, titleWithUnit(describeColumn(column))])),
        format: Object.fromEntries(
          columns.map((column) => [
            column,
            (value: number | string | null) => (column === label ? formatLabel(value) : formatCell(column, value))
          ])
        ),
        select: false,
        layout: "auto",
        rows: 11
      })
    );
  };
  search.addEventListener("input", draw);
  draw();
  const button = downloadButton("Download as CSV", `${name}.csv`, "text/csv", () =>
    tableToCsv(judged(table, threshold))
  );
  const element =
    html`<div class="row-table"><div class="row-tools">${search}${button}</div>${holder}</div>` as HTMLElement;
  let isNear = false;
  let isDrawn = true;
  const drawNear = () => {
    if (!isNear || isDrawn) return;
    isDrawn = true;
    draw();
  };
  new IntersectionObserver(
    (entries) => {
      isNear = entries.at(-1)!.isIntersecting;
      drawNear();
    },
    {rootMargin: "100px"}
  ).observe(element);
  return Object.assign(element, {
    rescore(score: Float64Array) {
      if (score === table.columns.anomaly_score) return;
      table.columns.anomaly_score = score;
      isDrawn = false;
      drawNear();
    },
    at(value: number) {
      threshold = value;
    }
  });
}

// The file says of each row what the page says of it.
function judged(table: Table, threshold: number): Table {
  const anomaly = numbers(table, "anomaly_score").map((score) => (score > threshold ? 1 : 0));
  return {...table, columns: {...table.columns, anomaly}};
}

const index = Symbol("index");

interface Row {
  readonly [index]: number;
}

// Inputs.table sorts too, but reads two values of two rows for each comparison.
function byScore(rows: readonly Row[], score: Float64Array): Row[] {
  const n = rows.length;
  const order = new Uint32Array(n);
  const keys = new Float64Array(n);
  for (let i = 0; i < n; ++i) {
    order[i] = i;
    keys[i] = -score[rows[i]![index]]!;
  }
  sortOrder(order, n, keys, new Uint32Array(n));
  return Array.from(order, (i) => rows[i]!);
}

// Rows read their values when they are asked for them: most never are.
function rowsOf(table: Table, columns: readonly string[]): Row[] {
  const row = {};
  for (const name of columns) {
    const get = function (this: {[index]: number}) {
      return valueAt(table.columns[name]!, this[index]);
    };
    Object.defineProperty(row, name, {enumerable: true, get});
  }
  return Array.from({length: table.rows}, (_, i) => Object.assign(Object.create(row), {[index]: i}));
}

function formatLabel(value: number | string | null): string {
  return trafficTypes[trafficType(value === null ? undefined : Number(value))]!.short;
}

function formatCell(column: string, value: number | string | null): string {
  if (typeof value !== "number" || describeColumn(column).type === "time") return formatValue(column, value);
  return Number.isInteger(value) ? `${value}` : value.toFixed(3);
}
