import {countryAt} from "../../lib/node/onLand.js";
import {readTraffic} from "../../lib/node/readTraffic.js";
import {randomSource} from "../../lib/random.js";
import {simulate} from "../../lib/traffic/simulate.js";
import {type Measure, repeat} from "./measure.js";

const runs = 5;

/** What the library does besides growing and scoring. */
export async function measureLibrary(): Promise<Measure> {
  const cities = await readTraffic("data/cities/cities.csv");
  const website = () => simulate("website", {rows: 20_000, days: 7, seed: 1, cities});
  const random = randomSource(1);
  const at = countryAt();
  return {
    "100,000 countries looked up": repeat(runs, () => {
      for (let i = 0; i < 100_000; ++i) at(random() * 180 - 90, random() * 360 - 180);
    }),
    "20,000 sessions of website simulated": repeat(runs, website)
  };
}
