import type {DecodedArray, SchemaElement} from "hyparquet";
import {ByteWriter, ParquetWriter} from "hyparquet-writer";
import {isNumbers, type Table, valueAt} from "../../traffic/table.js";
import type {Output} from "./openOutput.js";
import type {TableWriter, WrittenColumn} from "./tableWriter.js";

/** Writes Parquet with a row group a table, compressed with Snappy: times as timestamps in whole milliseconds. */
export async function parquetWriter(output: Output, columns: readonly WrittenColumn[]): Promise<TableWriter> {
  const writer = new ByteWriter();
  const flush = async () => {
    const bytes = new Uint8Array(writer.getBuffer());
    writer.index = 0;
    await output.write(bytes);
  };
  const root: SchemaElement = {name: "root", num_children: columns.length};
  const parquet = new ParquetWriter({writer, schema: [root, ...columns.map(elementOf)], createdBy: "eddy"});
  return {
    async write(table) {
      if (table.rows === 0) return;
      const columnData = columns.map(({name, type}) => ({name, data: valuesOf(table, name, type)}));
      parquet.write({columnData, rowGroupSize: table.rows});
      await flush();
    },
    async end() {
      parquet.finish();
      await flush();
    }
  };
}

function elementOf({name, type, isInteger = false}: WrittenColumn): SchemaElement {
  switch (type) {
    case "text":
      return {name, type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL"};
    case "time":
      return {name, type: "INT64", converted_type: "TIMESTAMP_MILLIS", repetition_type: "OPTIONAL"};
    case "number":
      return {name, type: isInteger ? "INT32" : "DOUBLE", repetition_type: "OPTIONAL"};
  }
}

function valuesOf({rows, columns}: Table, name: string, type: WrittenColumn["type"]): DecodedArray {
  const column = columns[name]!;
  if (type !== "time" || !isNumbers(column)) return Array.from({length: rows}, (_, row) => valueAt(column, row));
  return Array.from(column, (time) => (Number.isFinite(time) ? BigInt(Math.trunc(time)) : null));
}
