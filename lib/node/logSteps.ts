import type {PlaceSource} from "../geo/places.js";
import type {Table} from "../traffic/table.js";
import {openInput} from "./inputFile.js";

/** What is done to the rows of logs, in this order. */
export interface LogStepOptions {
  /** A CSV file of labels: `client`, `fake_traffic` (1 or 0) and, where known, `kind`, `tool`, `from` and `to`. */
  readonly labels?: string;
  /** Whether to look up where clients are. */
  readonly places?: boolean;
  /** The seed by which addresses, users and values in paths are replaced, once labels and places are found by the real ones. */
  readonly anonymize?: string;
}

/** What to do to each batch of rows, and where places come from. */
export async function logSteps({
  labels,
  places = false,
  anonymize
}: LogStepOptions): Promise<{step: (table: Table) => Table; places: PlaceSource | null}> {
  const steps: ((table: Table) => Table)[] = [];
  if (labels !== undefined) {
    const {labelRows} = await import("../traffic/labelRows.js");
    const {readTable} = await import("./readTable.js");
    steps.push(labelRows(await readTable(await openInput(labels)), labels));
  }
  const lookup = places ? await (await import("./openPlaces.js")).openPlaces() : null;
  if (lookup !== null) {
    const {placeRows} = await import("../traffic/placeRows.js");
    steps.push((table) => placeRows(table, lookup));
  }
  if (anonymize !== undefined) {
    const {anonymizeTable} = await import("../traffic/anonymize.js");
    const {anonymizer} = await import("../traffic/anonymizing/anonymizer.js");
    const pseudonyms = anonymizer(anonymize);
    steps.push((table) => anonymizeTable(table, pseudonyms, lookup?.points));
  }
  return {step: (table) => steps.reduce((rows, step) => step(rows), table), places: lookup?.source ?? null};
}
