import {expect, test} from "vitest";
import {type Experiment, runExperiment} from "../../lib/experiment.js";
import {readTraffic} from "../../lib/node/readTraffic.js";
import {categories, numbers} from "../../lib/traffic/table.js";

const labels = "data/lab/labels.csv";

test("lab-sessions flags sessions of every kind of attack on the website but the slow scraper’s", async () => {
  const caught = await recallByKind("data/lab/access.log.gz", {rule: "mcc"});
  const {"slow-scraper": slow, ...others} = caught;
  expect(slow).toBeLessThan(0.5);
  for (const [kind, recall] of Object.entries(others)) expect(recall, kind).toBeGreaterThan(0.5);
});

test("lab-flows flags scans, sweeps, floods and exfiltration, and misses what looks like browsing", async () => {
  const caught = await recallByKind("data/lab/capture.pcap.gz", {rule: "mad", deviations: 2});
  const atLeast = (share: number) =>
    Object.entries(caught)
      .filter(([, recall]) => recall >= share)
      .map(([kind]) => kind)
      .sort();
  expect(atLeast(0.5)).toEqual(["address-sweep", "exfiltration"]);
  expect(atLeast(1e-9)).toEqual(expect.arrayContaining(["port-scan", "syn-flood"]));
  expect(caught["slow-scraper"]).toBe(0);
});

/** Of the fakes of each kind, the share that is flagged. */
async function recallByKind(path: string, threshold: Experiment["threshold"]): Promise<Record<string, number>> {
  const traffic = await readTraffic(path, {labels});
  const {table} = runExperiment({title: path, traffic, label: "fake_traffic", forest: {seed: 1}, threshold});
  const {codes, values} = categories(table, "kind");
  const fake = numbers(table, "fake_traffic");
  const flagged = numbers(table, "anomaly");
  const recall = values.map((kind, code): [string, number] => {
    const rows = Array.from(codes.keys()).filter((row) => codes[row] === code && fake[row] === 1);
    return [kind, rows.filter((row) => flagged[row] === 1).length / rows.length];
  });
  return Object.fromEntries(recall.filter(([, share]) => !Number.isNaN(share)));
}
