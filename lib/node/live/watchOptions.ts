import {resolveParameters} from "../../forest/parameters.js";
import type {PlaceOf} from "../../live/clientPlace.js";
import {type LiveModelOptions, settingsOf} from "../../live/liveModelOptions.js";
import type {WatchOptions} from "../../live/watch.js";
import type {RowKind} from "../../traffic/ingest.js";
import {openInput} from "../inputFile.js";
import {readModel} from "../readModel.js";
import {UsageError} from "../usageError.js";
import {type LiveOptions, meaningOf} from "./liveOptions.js";

/**
 * How to watch as options say, and what of them decides about alerts. Throws an InputError on a model that cannot be read, and
 * on one or on features that no rows have; a UsageError on numbers out of range.
 */
export async function watchOptions(
  options: LiveOptions
): Promise<{watch: WatchOptions; meaning: Readonly<Record<string, unknown>>}> {
  const {rows, sessions, late, forest, features, threshold, budget, warmUp, window, retrain} = options;
  const model = options.model === undefined ? null : readModel(options.model);
  const settings = {
    forest,
    features,
    threshold,
    budget,
    warmUp,
    window,
    retrain,
    model: model?.buffer,
    seed: forest?.seed
  };
  checkSettings(rows, settings);
  const sha256 = options.model === undefined ? null : await (await openInput(options.model)).sha256();
  return {
    watch: {
      rows,
      sessions,
      late,
      latest: options.replay ? undefined : () => Date.now() + day,
      place: options.places === false ? undefined : await placeOf(),
      model: settings
    },
    meaning: meaningOf(options, sha256)
  };
}

const day = 86_400_000;

// At once, as what rows are is known only when the first record comes, and a forest is grown long after.
function checkSettings(rows: RowKind | undefined, settings: LiveModelOptions): void {
  const faults: unknown[] = [];
  for (const kind of rows === undefined ? (["sessions", "flows"] as const) : [rows]) {
    try {
      const {columns, warmUp, forest} = settingsOf(kind, settings);
      resolveParameters(warmUp, columns.length, forest ?? {});
      return;
    } catch (error) {
      faults.push(error);
    }
  }
  const [fault] = faults;
  throw fault instanceof RangeError ? new UsageError(fault.message) : fault;
}

async function placeOf(): Promise<PlaceOf> {
  const {openPlaces} = await import("../openPlaces.js");
  const places = await openPlaces();
  return (address) => {
    const {latitude, longitude, country, city} = places.find(address);
    return Number.isFinite(latitude) && Number.isFinite(longitude) ? {latitude, longitude, country, city} : null;
  };
}
