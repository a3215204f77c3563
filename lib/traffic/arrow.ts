import {
  type Column as ArrowColumn,
  type DataType,
  dictionary,
  float32,
  float64,
  int8,
  int16,
  int32,
  TimeUnit,
  Type,
  tableFromArrays,
  tableFromIPC,
  tableToIPC,
  timestamp,
  uint8,
  uint16,
  uint32,
  utf8
} from "@uwdata/flechette";
import {describeColumn} from "./schema.js";
import {type Categories, type Column, categoriesOf, isNumbers, type Table, tableOf, valueAt} from "./table.js";

/**
 * The table as an Arrow stream: times in whole milliseconds as timestamps, text as dictionaries, other numbers in the
 * smallest type that holds each of them exactly, NaN as null. The same table always gives the same bytes.
 */
export function tableToArrow(table: Table): Uint8Array {
  const names = Object.keys(table.columns);
  const arrays = names.map((name) => [name, valuesOf(table.columns[name]!)] as [string, (number | string | null)[]]);
  const types = Object.fromEntries(names.map((name) => [name, typeOf(name, table.columns[name]!)]));
  return tableToIPC(tableFromArrays(arrays, {types}), {format: "stream"})!;
}

/** The table in an Arrow stream or file. Throws on types other than numbers, times, booleans and text. */
export function tableFromArrow(bytes: ArrayBuffer | Uint8Array): Table {
  const arrow = tableFromIPC(bytes, {useBigInt: false, useDate: false});
  const columns = arrow.schema.fields.map(({name, type}, i) => [name, columnFrom(name, type, arrow.getChildAt(i))]);
  return tableOf(Object.fromEntries(columns));
}

function valuesOf(column: Column): (number | string | null)[] {
  const length = isNumbers(column) ? column.length : column.codes.length;
  return Array.from({length}, (_, row) => valueAt(column, row));
}

function typeOf(name: string, column: Column): DataType {
  if (!isNumbers(column)) return dictionary(utf8(), column.values.length < 2 ** 15 ? int16() : int32());
  let least = 0;
  let most = 0;
  let whole = true;
  let single = true;
  for (const value of column) {
    if (Number.isNaN(value)) continue;
    if (value < least) least = value;
    if (value > most) most = value;
    if (!Number.isInteger(value) || Object.is(value, -0)) whole = false;
    if (Math.fround(value) !== value) single = false;
  }
  const isTime = describeColumn(name).type === "time" && least >= -8.64e15 && most <= 8.64e15;
  if (isTime && whole) return timestamp(TimeUnit.MILLISECOND);
  if (!whole) return single ? float32() : float64();
  if (least >= 0 && most < 2 ** 8) return uint8();
  if (least >= 0 && most < 2 ** 16) return uint16();
  if (least >= 0 && most < 2 ** 32) return uint32();
  if (least >= -(2 ** 7) && most < 2 ** 7) return int8();
  if (least >= -(2 ** 15) && most < 2 ** 15) return int16();
  if (least >= -(2 ** 31) && most < 2 ** 31) return int32();
  return single ? float32() : float64();
}

function columnFrom(name: string, type: DataType, column: ArrowColumn<unknown>): Column {
  switch (type.typeId === Type.Dictionary ? type.dictionary.typeId : type.typeId) {
    case Type.Int:
    case Type.Float:
    case Type.Timestamp:
    case Type.Date:
    case Type.Bool:
      return Float64Array.from(column.toArray() as ArrayLike<unknown>, numberFrom);
    case Type.Utf8:
    case Type.LargeUtf8:
      return textFrom(column);
    default:
      throw new TypeError(`unsupported Arrow type in column: ${name}`);
  }
}

function numberFrom(value: unknown): number {
  return value === null || value === undefined ? Number.NaN : Number(value);
}

function textFrom(column: ArrowColumn<unknown>): Categories {
  return categoriesOf(Array.from({length: column.length}, (_, i) => column.at(i) as string | null));
}
