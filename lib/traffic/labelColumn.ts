import {isNumbers, type Table} from "./table.js";

/** The column that tells which rows are fake, as far as the logs say: their labels, or else their own alerts; undefined without. */
export function labelColumn({columns}: Table): "fake_traffic" | "alerted" | undefined {
  return (["fake_traffic", "alerted"] as const).find((name) => {
    const column = columns[name];
    return isNumbers(column) && column.some((value) => !Number.isNaN(value));
  });
}
