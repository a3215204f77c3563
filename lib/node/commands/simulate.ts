import {fileURLToPath} from "node:url";
import {describeColumn} from "../../traffic/schema.js";
import {simulate as simulateTraffic} from "../../traffic/simulate.js";
import {type Column, isNumbers, takeRows} from "../../traffic/table.js";
import {readTraffic} from "../readTraffic.js";
import {batchRows} from "../tables/batch.js";
import {openOutput} from "../tables/openOutput.js";
import {tableWriters, type WrittenFormat} from "../tables/tableWriter.js";
import {UsageError} from "../usageError.js";
import {writtenFormat} from "./writtenFormat.js";

export interface SimulateOptions {
  readonly scenario: string;
  readonly rows: number;
  readonly seed: number;
  readonly days?: number;
  readonly fakes?: number;
  readonly output?: string;
  readonly format?: WrittenFormat;
}

/** Writes simulated traffic; the same options give the same bytes. */
export async function simulate({scenario, output: path, format, ...options}: SimulateOptions): Promise<void> {
  const {fakes} = options;
  if (fakes !== undefined && !(fakes >= 0 && fakes <= 1)) {
    throw new UsageError(`invalid --fakes, expected 0 to 1: ${fakes}`);
  }
  const writerOf = tableWriters[writtenFormat(path, format)];
  const output = await openOutput(path);
  const cities = await readTraffic(fileURLToPath(new URL("../../../data/cities/cities.csv", import.meta.url)));
  const traffic = simulated(() => simulateTraffic(scenario, {...options, cities}));
  const columns = Object.entries(traffic.columns).map(([name, column]) => {
    return {name, type: describeColumn(name).type, isInteger: isInteger(column)};
  });
  const writer = await writerOf(output, columns);
  for (let start = 0; start < traffic.rows; start += batchRows) {
    const length = Math.min(batchRows, traffic.rows - start);
    await writer.write(
      takeRows(
        traffic,
        Uint32Array.from({length}, (_, i) => start + i)
      )
    );
  }
  await writer.end();
  await output.end();
}

// What simulate refuses is an option.
function simulated<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function isInteger(column: Column): boolean {
  return isNumbers(column) && column.every((value) => Number.isNaN(value) || (value | 0) === value);
}
