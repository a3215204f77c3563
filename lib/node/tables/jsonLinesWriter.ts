import {valueAt} from "../../traffic/table.js";
import type {Output} from "./openOutput.js";
import type {TableWriter, WrittenColumn} from "./tableWriter.js";

/** Writes a JSON object a line, times in ISO 8601 UTC, missing values and numbers that are not finite as null. */
export async function jsonLinesWriter(output: Output, columns: readonly WrittenColumn[]): Promise<TableWriter> {
  const keys = columns.map(({name}) => `${JSON.stringify(name)}:`);
  return {
    async write(table) {
      let lines = "";
      for (let row = 0; row < table.rows; ++row) {
        const members = columns.map(({name, type}, i) => {
          const value = valueAt(table.columns[name]!, row);
          const isTime = type === "time" && typeof value === "number" && Math.abs(value) <= 8.64e15;
          return keys[i] + JSON.stringify(isTime ? new Date(value) : value);
        });
        lines += `{${members.join(",")}}\n`;
      }
      await output.write(lines);
    },
    end: async () => {}
  };
}
