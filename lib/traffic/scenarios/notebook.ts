import type {Scenario} from "./scenario.js";

/** The distributions of the R notebook, whose 1,000 rows lie in data/notebook: one row a second, a tenth of them fake. */
export const notebook: Scenario = {
  name: "notebook",
  meaning: "The R notebook’s three features, drawn independently, one session a second from all over the globe.",
  fakes: 0.1,
  days: 1,
  kinds: [
    {
      kind: "genuine",
      fake: false,
      weight: 1,
      meaning: "Sessions of five minutes at 20 requests a minute.",
      when: {pattern: "turns", seconds: 1},
      where: "globe",
      features: {request_rate: {poisson: 20}, session_duration: {normal: [300, 50]}, unique_paths_visited: {poisson: 5}}
    },
    {
      kind: "fake",
      fake: true,
      weight: 1,
      meaning: "Sessions of 100 seconds at 100 requests a minute.",
      when: {pattern: "turns", seconds: 1},
      where: "globe",
      features: {
        request_rate: {poisson: 100},
        session_duration: {normal: [100, 30]},
        unique_paths_visited: {poisson: 5}
      }
    }
  ]
};
