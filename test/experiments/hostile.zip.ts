import {writeExperiment} from "../../lib/node/writeExperiment.js";
import {randomSource} from "../../lib/random.js";
import {categoriesOf, tableOf} from "../../lib/traffic/table.js";

const attacks = [
  "<script>window.attacked = 1</script>",
  "<img src=x onerror='window.attacked = 1'>",
  "</textarea><svg onload='window.attacked = 1'>",
  `$\{window.attacked = 1}`,
  '=HYPERLINK("https://example.org")'
];
const rows = 60;
const random = randomSource(1);
const draw = () => Float64Array.from({length: rows}, random);
const text = () => categoriesOf(Array.from({length: rows}, (_, i) => attacks[i % attacks.length]!));
const table = tableOf({
  timestamp: Float64Array.from({length: rows}, (_, i) => Date.UTC(2026, 0, 5) + i * 60_000),
  client: text(),
  request_rate: draw(),
  "<b>feature</b>": draw(),
  latitude: Float64Array.from({length: rows}, (_, i) => (i === 0 ? Number.NaN : 40 + (i % 5))),
  longitude: Float64Array.from({length: rows}, (_, i) => (i === 0 ? Number.NaN : 10 * (i % 9))),
  country: text(),
  fake_traffic: Float64Array.from({length: rows}, (_, i) => (i % 6 === 0 ? 1 : i % 6 === 1 ? Number.NaN : 0)),
  kind: text()
});

await writeExperiment({
  title: attacks[0]!,
  description: attacks[1]!,
  traffic: {...table, source: {type: "simulation", scenario: attacks[0]!, parameters: {[attacks[1]!]: attacks[2]!}}},
  keep: () => (row) => (row === 5 ? attacks[1]! : null),
  features: ["request_rate", "<b>feature</b>"],
  label: "fake_traffic",
  forest: {preset: "paper", seed: 1},
  threshold: {rule: "quantile", share: 0.2}
});
