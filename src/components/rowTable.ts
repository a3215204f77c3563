import * as Inputs from "@observablehq/inputs";
import {html} from "htl";
import {tableToCsv} from "../lib/traffic/csv.js";
import {describeColumn} from "../lib/traffic/schema.js";
import {type Table, valueAt} from "../lib/traffic/table.js";
import {downloadButton} from "./downloadButton.js";
import {formatValue, titleWithUnit} from "./format.js";
import {trafficType, trafficTypes} from "./palette.js";

// The others are in the CSV file: they follow from these, or are too wide to read beside them.
const first = ["kind", "timestamp", "client"];
const last = ["country", "city", "source_line"];

/** Every row: searched by any text or number in it, sorted by a click on a column, downloaded as CSV with all columns. */
export function rowTable(
  table: Table,
  {name, features, label}: {name: string; features: readonly string[]; label: string | null}
): HTMLElement {
  const columns = ["anomaly_score", ...(label === null ? [] : [label]), ...first, ...features, ...last].filter(
    (column) => Object.hasOwn(table.columns, column)
  );
  const rows = rowsOf(table, columns);
  const search = Inputs.search(rows, {placeholder: "Search rows: a client, a country, a number …"});
  const holder = html`<div class="rows"></div>`;
  const draw = () => {
    holder.replaceChildren(
      Inputs.table(search.value, {
        columns,
        header: Object.fromEntries(columns.map((column) => [column, titleWithUnit(describeColumn(column))])),
        format: Object.fromEntries(
          columns.map((column) => [
            column,
            (value: number | string | null) => (column === label ? formatLabel(value) : formatCell(column, value))
          ])
        ),
        sort: "anomaly_score",
        reverse: true,
        select: false,
        layout: "auto",
        rows: 11
      })
    );
  };
  search.addEventListener("input", draw);
  draw();
  const button = downloadButton("Download as CSV", `${name}.csv`, "text/csv", () => tableToCsv(table));
  return html`<div class="row-table"><div class="row-tools">${search}${button}</div>${holder}</div>`;
}

const index = Symbol("index");

// Rows read their values when they are asked for them: most never are.
function rowsOf(table: Table, columns: readonly string[]): object[] {
  const row = {};
  for (const name of columns) {
    const column = table.columns[name]!;
    const get = function (this: {[index]: number}) {
      return valueAt(column, this[index]);
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
