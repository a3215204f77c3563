import {
  columnFromArray,
  type DataType,
  float64,
  int32,
  TimeUnit,
  tableFromColumns,
  tableToIPC,
  timestamp,
  utf8
} from "@uwdata/flechette";
import {isNumbers, type Table, tableOf, valueAt} from "../../traffic/table.js";
import type {Output} from "./openOutput.js";
import type {TableWriter, WrittenColumn} from "./tableWriter.js";

/** Writes an Arrow stream of one record batch a table: times as timestamps in whole milliseconds, text as plain UTF-8. */
export async function arrowWriter(output: Output, columns: readonly WrittenColumn[]): Promise<TableWriter> {
  // Each table is encoded as a stream of its own, of which the batch alone is taken.
  const schema = encoded(emptyTable(columns), columns);
  const schemaLength = 8 + new DataView(schema.buffer, schema.byteOffset).getInt32(4, true);
  await output.write(schema.subarray(0, schemaLength));
  return {
    async write(table) {
      if (table.rows === 0) return;
      const bytes = encoded(table, columns);
      await output.write(bytes.subarray(schemaLength, bytes.length - endOfStream.length));
    },
    end: () => output.write(endOfStream)
  };
}

const endOfStream = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

function encoded(table: Table, columns: readonly WrittenColumn[]): Uint8Array {
  const arrow = columns.map(({name, ...column}): [string, ReturnType<typeof columnFromArray>] => {
    const values = table.columns[name]!;
    const texts = isNumbers(values) ? values : values.codes;
    return [
      name,
      columnFromArray(
        Array.from(texts, (_, row) => valueAt(values, row)),
        typeOf(column)
      )
    ];
  });
  return tableToIPC(tableFromColumns(arrow), {format: "stream"})!;
}

function typeOf({type, isInteger = false}: Omit<WrittenColumn, "name">): DataType {
  switch (type) {
    case "text":
      return utf8();
    case "time":
      return timestamp(TimeUnit.MILLISECOND);
    case "number":
      return isInteger ? int32() : float64();
  }
}

function emptyTable(columns: readonly WrittenColumn[]): Table {
  return tableOf(Object.fromEntries(columns.map(({name}) => [name, new Float64Array()])));
}
