import type {PlaceOf} from "../../live/clientPlace.js";
import type {WatchOptions} from "../../live/watch.js";
import {openInput} from "../inputFile.js";
import {readModel} from "../readModel.js";
import {type LiveOptions, meaningOf} from "./liveOptions.js";

/** How to watch as options say, and what of them decides about alerts. Throws an InputError on a model that cannot be read. */
export async function watchOptions(
  options: LiveOptions
): Promise<{watch: WatchOptions; meaning: Readonly<Record<string, unknown>>}> {
  const {rows, sessions, late, forest, features, threshold, budget, warmUp, window, retrain} = options;
  const model = options.model === undefined ? null : readModel(options.model);
  const sha256 = options.model === undefined ? null : await (await openInput(options.model)).sha256();
  return {
    watch: {
      rows,
      sessions,
      late,
      latest: options.replay ? undefined : () => Date.now() + day,
      place: options.places === false ? undefined : await placeOf(),
      model: {forest, features, threshold, budget, warmUp, window, retrain, model: model?.buffer, seed: forest?.seed}
    },
    meaning: meaningOf(options, sha256)
  };
}

const day = 86_400_000;

async function placeOf(): Promise<PlaceOf> {
  const {openPlaces} = await import("../openPlaces.js");
  const places = await openPlaces();
  return (address) => {
    const {latitude, longitude, country, city} = places.find(address);
    return Number.isFinite(latitude) && Number.isFinite(longitude) ? {latitude, longitude, country, city} : null;
  };
}
