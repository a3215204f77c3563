import fc from "fast-check";
import {expect, test} from "vitest";
import {auc} from "../../lib/evaluation/rocCurve.js";
import {scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {growForest} from "../../lib/forest/growForest.js";
import {scoreRows} from "../../lib/forest/scoreRows.js";
import {concatTables} from "../../lib/traffic/concatTables.js";
import {defaultFlowFeatures} from "../../lib/traffic/defaultFeatures.js";
import {featuresOf} from "../../lib/traffic/featureColumn.js";
import {type FlowOptions, Flows} from "../../lib/traffic/flows.js";
import {batchRows} from "../../lib/traffic/rowBuilder.js";
import {describeColumn, isDeclared} from "../../lib/traffic/schema.js";
import {categories, isNumbers, type Table, valueAt} from "../../lib/traffic/table.js";
import {type Flow, flowOf} from "./flows/flowOf.js";
import {attacks, officeNetwork} from "./flows/officeNetwork.js";

const web: Flow = {
  source: "10.0.0.1",
  destination: "2001:db8::1",
  service: "http",
  state: "SF",
  line: 9,
  time: 1_700_000_000_123,
  duration: 1.5,
  protocol: 6,
  sourcePort: 50_000,
  destinationPort: 8080,
  sourcePackets: 4,
  sourceBytes: 400,
  destinationPackets: 3,
  destinationBytes: 1200,
  sourceFlags: 0x1b,
  destinationFlags: 0x1f
};

test("Flows makes a row of a flow", () => {
  expect(rowsOf(tableOf([web]))).toEqual([
    {
      timestamp: 1_700_000_000_123,
      client: "10.0.0.1",
      server: "2001:db8::1",
      server_port: 8080,
      protocol: "tcp",
      service: "http",
      port_group: "web",
      state: "SF",
      flow_duration: 1.5,
      bytes_out: 400,
      bytes_in: 1200,
      packets_out: 4,
      packets_in: 3,
      bytes_out_share: 0.25,
      packet_size_out: 100,
      packet_size_in: 400,
      syn_only: 0,
      reset: 1,
      host_connections_minute: 1,
      host_connections_hour: 1,
      host_destinations_minute: 1,
      host_destinations_hour: 1,
      host_ports_minute: 1,
      host_ports_hour: 1,
      host_failure_share_minute: 0,
      host_failure_share_hour: 0,
      pair_connections_hour: 1,
      pair_bytes_hour: 400,
      server_connections_minute: 1,
      interval_mean: null,
      interval_variation: null,
      size_variation: null,
      alerted: null,
      fake_traffic: null,
      kind: null,
      source_line: 9,
      source_file: 0
    }
  ]);
});

test("Flows makes columns that the schema declares, of the type declared", () => {
  const {source_file, ...columns} = tableOf([web]).columns;
  expect(isNumbers(source_file)).toBe(true);
  for (const [name, column] of Object.entries(columns)) {
    expect(isDeclared(name)).toBe(true);
    expect([name, isNumbers(column)]).toEqual([name, describeColumn(name).type !== "text"]);
  }
});

test("Flows leaves missing what a flow does not state", () => {
  const [row] = rowsOf(tableOf([{line: 3}]));
  const known = Object.entries(row!).filter(([, value]) => value !== null);
  expect(Object.fromEntries(known)).toEqual({source_line: 3, source_file: 0});
  expect(rowsOf(tableOf([{...web, protocol: 1}]))[0]).toMatchObject({server_port: null, port_group: "no port"});
});

test("Flows takes labels from the log’s own, but not from the alerts that it raised", () => {
  const flows: Flow[] = [
    {...web, label: "Malicious   C&C"},
    {...web, label: "flow=From-Normal-V42-Stribrek"},
    {...web, label: "flow=Background"},
    {...web, label: "ET MALWARE Botnet", isAlerted: true},
    {...web, isAlerted: false}
  ];
  expect(rowsOf(tableOf(flows)).map(({fake_traffic, kind, alerted}) => [fake_traffic, kind, alerted])).toEqual([
    [1, "Malicious   C&C", null],
    [0, "flow=From-Normal-V42-Stribrek", null],
    [null, "flow=Background", null],
    [null, "ET MALWARE Botnet", 1],
    [null, null, 0]
  ]);
});

test("Flows joins the directions of flows that were counted apart, unless told not to", () => {
  const out: Flow = {...web, state: null, isOneWay: true, destinationPackets: NaN, destinationBytes: NaN};
  const back: Flow = {
    ...out,
    source: web.destination!,
    destination: web.source!,
    sourcePort: 8080,
    destinationPort: 50_000,
    sourcePackets: 3,
    sourceBytes: 1200,
    line: 10
  };
  const columns = ({client, bytes_out, bytes_in, source_line}: Record<string, unknown>) => [
    client,
    bytes_out,
    bytes_in,
    source_line
  ];
  expect(rowsOf(tableOf([out, back])).map(columns)).toEqual([["10.0.0.1", 400, 1200, 9]]);
  expect(rowsOf(tableOf([out, back], {pair: false})).map(columns)).toEqual([
    ["10.0.0.1", 400, null, 9],
    ["2001:db8::1", 1200, null, 10]
  ]);
  const flows = new Flows();
  for (const flow of [out, back, web]) flows.flow(flowOf(flow));
  expect([flows.records, flows.joined]).toEqual([3, 1]);
});

test("Flows gives rows in batches, the rest at the end, with the numbers of their files", () => {
  const flows = new Flows();
  const batches: Table[] = [];
  for (let i = 0; i < 2 * batchRows + 5; ++i) {
    flows.file = i % 2;
    flows.flow(flowOf({...web, line: i}));
    const table = flows.take();
    if (table !== null) batches.push(table);
  }
  expect(batches.map(({rows}) => rows)).toEqual([batchRows, batchRows]);
  expect(flows.take()).toBeNull();
  flows.end();
  const rest = rowsOf(flows.take()!);
  expect(rest.map(({source_line, source_file}) => [source_line, source_file])).toEqual(
    [0, 1, 2, 3, 4].map((i) => [2 * batchRows + i, i % 2])
  );
  expect(flows.take()).toBeNull();
});

test("Flows makes finite rows of whatever records hold: records = rows + joined", () => {
  const number = fc.oneof(fc.constantFrom(NaN, 0, 6, 17, 80, 1.7e12, 8.64e15, 2 ** 53), fc.nat(70_000));
  const text = fc.oneof(fc.constantFrom(null, "10.0.0.1", "10.0.0.2", "S0", "REJECT"), fc.string());
  const flow = fc.record({
    ...{source: text, destination: text, service: text, state: text, history: text, label: text, id: text},
    ...{time: number, duration: number, protocol: number, sourcePort: number, destinationPort: number},
    ...{sourcePackets: number, sourceBytes: number, destinationPackets: number, destinationBytes: number},
    ...{sourceFlags: number, destinationFlags: number, isOneWay: fc.boolean()},
    isAlerted: fc.constantFrom(undefined, true, false)
  });
  fc.assert(
    fc.property(fc.array(flow, {maxLength: 30}), (records) => {
      const flows = new Flows();
      for (const record of records) flows.flow(flowOf(record));
      flows.end();
      const table = flows.take();
      expect((table?.rows ?? 0) + flows.joined).toBe(records.length);
      for (const column of Object.values(table?.columns ?? {})) {
        if (isNumbers(column)) expect(column.some((value) => Math.abs(value) === Infinity)).toBe(false);
      }
    })
  );
});

test("the default features of flows rank each attack on an office’s network high", () => {
  const table = tableOf(officeNetwork(1));
  const features = featuresOf(table, defaultFlowFeatures);
  const score = scoreRows(growForest(features), features);
  const {codes, values} = categories(table, "kind");
  const kinds = Array.from(codes, (code) => values[code]!);
  const areas = attacks.map((attack) => {
    const rows = [...kinds.keys()].filter((row) => kinds[row] === attack || kinds[row] === "normal");
    const labels = rows.map((row) => (kinds[row] === attack ? 1 : 0));
    const scores = rows.map((row) => score[row]!);
    return [attack, auc(scoreLevels(labels, scores))] as const;
  });
  for (const [attack, area] of areas) expect([attack, area >= least[attack]]).toEqual([attack, true]);
});

// Over seeds 1 to 4 a tunnel through the network’s own resolver has 0.93 to 0.96, a beacon over HTTPS 0.97 to 0.98.
const least: Record<(typeof attacks)[number], number> = {
  "port scan": 0.99,
  sweep: 0.99,
  "slow scan": 0.99,
  beacon: 0.94,
  "dns tunnel": 0.88,
  "ssh brute force": 0.98,
  "udp flood": 0.97,
  exfiltration: 0.98
};

function tableOf(records: readonly Flow[], options?: FlowOptions): Table {
  const flows = new Flows(options);
  const tables: Table[] = [];
  for (const record of records) flows.flow(flowOf(record));
  flows.end();
  for (let table = flows.take(); table !== null; table = flows.take()) tables.push(table);
  return concatTables(tables);
}

function rowsOf({rows, columns}: Table): Record<string, unknown>[] {
  return Array.from({length: rows}, (_, row) =>
    Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, valueAt(column, row)]))
  );
}
