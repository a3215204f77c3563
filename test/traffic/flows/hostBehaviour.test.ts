import fc from "fast-check";
import {expect, test} from "vitest";
import {behaviourColumns, HostBehaviour} from "../../../lib/traffic/flows/hostBehaviour.js";
import {type Flow, flowOf} from "./flowOf.js";

interface Step {
  readonly step: number;
  readonly duration: number;
  readonly client: number;
  readonly server: number;
  readonly port: number;
  readonly protocol: number;
  readonly bytes: number;
  readonly failed: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  step: fc.oneof(
    {weight: 6, arbitrary: fc.integer({min: -20_000, max: 40_000})},
    {weight: 2, arbitrary: fc.integer({min: -600_000, max: 1_200_000})},
    {weight: 1, arbitrary: fc.constantFrom(-1e12, -8e6, 8e6, 1e12)}
  ),
  duration: fc.constantFrom(NaN, 0, 5, 4000, 1e9),
  client: fc.nat(2),
  server: fc.nat(4),
  port: fc.constantFrom(NaN, 53, 80, 443),
  protocol: fc.constantFrom(1, 6, 17),
  bytes: fc.constantFrom(NaN, 0, 100, 1e9),
  failed: fc.boolean()
});

test("HostBehaviour counts what a search through all flows so far counts", () => {
  fc.assert(
    fc.property(fc.array(step, {maxLength: 80}), (steps) => {
      const behaviour = new HostBehaviour();
      const clients = new Map<number, Seen>();
      const servers = new Map<number, Seen>();
      let time = 1.7e12;
      for (const flow of steps) {
        time += flow.step;
        add(behaviour, flow, time);
        const client = seenBy(clients, flow.client, flow, time);
        const server = seenBy(servers, flow.server, flow, time);
        const minute = client.within(5000);
        const hour = client.within(300_000);
        const pair = hour.filter(({server}) => server === flow.server);
        expect(Array.from(behaviour.values.subarray(0, 11))).toEqual([
          minute.length,
          hour.length,
          new Set(minute.map(({server}) => server)).size,
          new Set(hour.map(({server}) => server)).size,
          new Set(minute.filter(hasPort).map(({protocol, port}) => `${protocol} ${port}`)).size,
          new Set(hour.filter(hasPort).map(({protocol, port}) => `${protocol} ${port}`)).size,
          shareOf(minute),
          shareOf(hour),
          pair.length,
          pair.reduce((sum, {bytes}) => sum + (bytes > 0 ? bytes : 0), 0),
          server.within(5000).length
        ]);
      }
    })
  );
});

test("HostBehaviour knows nothing of flows without a time, and counts none of them", () => {
  const behaviour = new HostBehaviour();
  for (const time of [NaN, Infinity, -Infinity]) {
    addFlow(behaviour, 1, 2, {time, protocol: 6, destinationPort: 80, sourceBytes: 10});
    expect(Array.from(behaviour.values)).toEqual(behaviourColumns.map(() => NaN));
  }
  addFlow(behaviour, 1, 2, {time: 0, protocol: 6, destinationPort: 80, sourceBytes: 10});
  expect(valuesOf(behaviour)).toMatchObject({host_connections_hour: 1, pair_bytes_hour: 10});
});

test("HostBehaviour counts a long flow that is logged late as if it began with the latest", () => {
  const behaviour = new HostBehaviour();
  const day = 86_400_000;
  addFlow(behaviour, 1, 2, {time: day});
  addFlow(behaviour, 1, 3, {time: 0, duration: 86_400});
  expect(valuesOf(behaviour)).toMatchObject({host_connections_minute: 2, host_destinations_minute: 2});
  addFlow(behaviour, 1, 4, {time: 0, duration: 60});
  expect(valuesOf(behaviour)).toMatchObject({host_connections_minute: 1, host_destinations_minute: 1});
});

test("HostBehaviour finds a beacon’s period, and needs five flows for it", () => {
  const behaviour = new HostBehaviour();
  const known: number[] = [];
  for (let i = 0; i < 10; ++i) {
    addFlow(behaviour, 1, 2, {time: 3_600_000 * i, protocol: 6, destinationPort: 443, sourceBytes: 200});
    addFlow(behaviour, 1, 3, {time: 3_600_000 * i + 977 * i * i, protocol: 6, destinationPort: 443, sourceBytes: 200});
    addFlow(behaviour, 1, 2, {time: 3_600_000 * i + 977 * i * i, protocol: 6, destinationPort: 80, sourceBytes: i});
    addFlow(behaviour, 1, 2, {time: 3_600_000 * i + 1, protocol: 6, destinationPort: 443, sourceBytes: 200});
    const {interval_mean, interval_variation, size_variation} = valuesOf(behaviour);
    known.push(interval_mean!, interval_variation!);
    expect(size_variation).toBe(i < 2 ? NaN : 0);
  }
  expect(known.slice(0, 8).every(Number.isNaN)).toBe(true);
  expect(known.slice(-2)).toEqual([3599.999, 0]);
});

test("HostBehaviour stays as small under a flood of forged addresses, and forgets who has been idle longest", () => {
  const memory = {hosts: 100, pairs: 200};
  const behaviour = new HostBehaviour(memory);
  for (let i = 0; i < 5000; ++i) {
    addFlow(behaviour, i + 10, 2, {time: i, protocol: 17, destinationPort: 53, sourceBytes: 60});
    if (i % 50 === 0) addFlow(behaviour, 1, 2, {time: i, protocol: 17, destinationPort: 53, sourceBytes: 60});
  }
  expect(bytesHeld(behaviour)).toBeLessThan(500_000);
  addFlow(behaviour, 1, 2, {time: 5000, protocol: 17, destinationPort: 53, sourceBytes: 60});
  expect(valuesOf(behaviour)).toMatchObject({host_connections_minute: 101, pair_connections_hour: 101});
  expect(valuesOf(behaviour).server_connections_minute).toBe(5101);
  addFlow(behaviour, 10, 2, {time: 5000, protocol: 17, destinationPort: 53, sourceBytes: 60});
  expect(valuesOf(behaviour)).toMatchObject({host_connections_minute: 1});
});

test("HostBehaviour counts every server of a sweep, also those it had to forget", () => {
  const behaviour = new HostBehaviour({hosts: 10, pairs: 64});
  for (let i = 0; i < 1000; ++i) addFlow(behaviour, 1, 10 + i, {time: i, protocol: 6, destinationPort: i});
  expect(valuesOf(behaviour)).toMatchObject({host_destinations_minute: 1000, host_ports_hour: 1000});
  addFlow(behaviour, 1, 10, {time: 1000, protocol: 6, destinationPort: 0});
  expect(valuesOf(behaviour)).toMatchObject({host_destinations_minute: 1001, host_ports_hour: 1001});
});

interface Counted extends Step {
  readonly clock: number;
}

class Seen {
  clock = -Infinity;
  flows: Counted[] = [];

  within(bucket: number): Counted[] {
    const latest = Math.floor(this.clock / bucket);
    return this.flows.filter(({clock}) => Math.floor(clock / bucket) > latest - 12);
  }
}

function seenBy(hosts: Map<number, Seen>, host: number, flow: Step, time: number): Seen {
  const seen = hosts.get(host) ?? new Seen();
  hosts.set(host, seen);
  const end = flow.duration > 0 ? time + 1000 * flow.duration : time;
  if (end < seen.clock - 3_600_000) {
    seen.clock = time;
    seen.flows = [];
  }
  seen.clock = Math.max(seen.clock, time);
  seen.flows.push({...flow, clock: seen.clock});
  return seen;
}

function hasPort({protocol, port}: Step): boolean {
  return protocol !== 1 && !Number.isNaN(port);
}

function shareOf(flows: readonly Step[]): number {
  return Math.round((10_000 * flows.filter(({failed}) => failed).length) / flows.length) / 10_000;
}

function add(behaviour: HostBehaviour, {duration, client, server, port, protocol, bytes, failed}: Step, time: number) {
  const flow = {time, duration, protocol, destinationPort: port, sourceBytes: bytes};
  addFlow(behaviour, client, server, flow, failed);
}

function addFlow(behaviour: HostBehaviour, client: number, server: number, flow: Flow, hasFailed = false): void {
  behaviour.add(flowOf(flow), {high: client, low: client}, {high: server, low: server}, hasFailed);
}

function valuesOf({values}: HostBehaviour): Partial<Record<(typeof behaviourColumns)[number], number>> {
  return Object.fromEntries(behaviourColumns.map((name, i) => [name, values[i]!]));
}

function bytesHeld(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce((sum: number, part) => sum + bytesHeld(part), 0);
}
