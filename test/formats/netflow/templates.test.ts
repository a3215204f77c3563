import {deserialize, serialize} from "node:v8";
import fc from "fast-check";
import {expect, test} from "vitest";
import {type ExporterLimits, exporterLimits} from "../../../lib/formats/netflow/exporters.js";
import {Decoding, decoded} from "./decoded.js";
import {
  ipfix,
  join,
  options,
  plainFields,
  plainRecord,
  set,
  type TestField,
  template,
  u32,
  version9
} from "./messages.js";
import {pmacct9, pmacct10, softflowd5, softflowd9, softflowd10, softflowd10Both} from "./recordings.js";

const told = (id: number, fields = plainFields) => ipfix([set(2, template(id, ...fields))]);
const data = (id: number, n: number, header = {}) => ipfix([set(id, plainRecord(n))], header);
const bytesOf = ({flows}: Decoding) => flows.map(({sourceBytes}) => sourceBytes);

test("NetflowDecoder keeps what comes before its template, and hands it over in order when that comes", () => {
  const decoding = decoded(data(256, 1), data(256, 2), data(257, 3), data(256, 4));
  expect([decoding.packets, decoding.flows, decoding.decoder.exporters.waitingCount]).toEqual([4, [], 4]);
  decoding.take([ipfix([set(2, template(256, ...plainFields)), set(256, plainRecord(5))])]);
  expect([bytesOf(decoding), decoding.decoder.exporters.waitingCount]).toEqual([[100, 200, 400, 500], 1]);
  expect(decoding.take([told(257)]).flows.at(-1)).toMatchObject({sourceBytes: 300, line: 5});
});

test("NetflowDecoder times what has waited by its own message", () => {
  const fields: TestField[] = [...plainFields, [22, 4], [21, 4]];
  const record = join(plainRecord(1), u32(59_000), u32(60_000));
  const [flow] = decoded(
    version9([set(256, record)], {seconds: 1_795_887_943, uptime: 60_000}),
    version9([set(0, template(256, ...fields))], {seconds: 1_795_887_980, uptime: 97_000})
  ).flows;
  expect(flow).toMatchObject({time: 1_795_887_942_000, duration: 1});
});

test("NetflowDecoder keeps templates of each exporter, version and domain apart", () => {
  const reversed = [...plainFields].reverse();
  const decoding = new Decoding();
  decoding.take([told(256), ipfix([set(2, template(256, ...reversed))], {domain: 1})], "192.0.2.1 2055");
  decoding.take([told(256, reversed)], "192.0.2.1 2056").take([version9([set(0, template(256, ...reversed))])]);
  expect(bytesOf(decoding.take([data(256, 7)]))).toEqual([700]);
  const other = decoding.take([data(256, 7, {domain: 1})]).take([data(256, 7)], "192.0.2.1 2056");
  expect(other.flows.slice(1).map(({source}) => source)).toEqual(["0.0.0.7", "0.0.0.7"]);
  expect(decoding.take([data(256, 7, {domain: 2})], "192.0.2.1 2055").flows).toHaveLength(3);
});

test("NetflowDecoder takes a template that is told again, and one that has changed", () => {
  const decoding = decoded(told(256), told(256), data(256, 1));
  expect(decoding.counts).not.toHaveProperty("templates changed");
  decoding.take([told(256, [...plainFields].reverse()), data(256, 2)]);
  expect(decoding.flows.map(({source}) => source)).toEqual(["192.0.2.1", "0.0.0.2"]);
  expect([decoding.counts["templates changed"], decoding.decoder.exporters.templateCount]).toEqual([1, 1]);
});

test("NetflowDecoder forgets templates of IPFIX that are withdrawn, one or all of a kind", () => {
  const all = () => {
    const templates = [set(2, template(256, ...plainFields), template(257, ...plainFields))];
    return decoded(ipfix([...templates, set(3, options(258, [149, 4], [34, 4]))]));
  };
  const left = (...withdrawn: readonly [set: number, id: number][]) => {
    const decoding = all().take([ipfix(withdrawn.map(([number, id]) => set(number, template(id))))]);
    expect(decoding.rejects).toEqual([]);
    return [256, 257, 258].filter((id) => {
      const before = decoding.decoder.exporters.waitingCount;
      return decoding.take([data(id, 1)]).decoder.exporters.waitingCount === before;
    });
  };
  expect(left()).toEqual([256, 257, 258]);
  expect(left([2, 256])).toEqual([257, 258]);
  expect(left([2, 256], [2, 999])).toEqual([257, 258]);
  expect(left([2, 2])).toEqual([258]);
  expect(left([3, 3])).toEqual([256, 257]);
});

test("NetflowDecoder keeps what waits within bounds of number, bytes and age", () => {
  const waiting = (decoding: Decoding) => {
    const {waitingCount, undecoded} = decoding.decoder.exporters;
    return [waitingCount, undecoded];
  };
  const many = new Decoding().take(Array.from({length: 300}, (_, i) => data(256, i)));
  expect(waiting(many)).toEqual([256, 44]);
  expect(bytesOf(many.take([told(256)])).at(0)).toBe(4400);
  const large = ipfix([set(256, new Uint8Array(60_000))]);
  expect(waiting(new Decoding().take([large, large, large, large, large, large]))).toEqual([4, 2]);
  const minutes = (n: number) => 1_795_887_943 + 60 * n;
  const aged = decoded(data(256, 1, {seconds: minutes(0)}), data(256, 2, {seconds: minutes(6)}));
  expect(waiting(aged.take([data(257, 3, {seconds: minutes(11)})]))).toEqual([2, 1]);
  // The clock of the exporter was set back.
  expect(waiting(aged.take([data(257, 3, {seconds: minutes(0)})]))).toEqual([2, 2]);
  const flood = new Decoding();
  for (let i = 0; i < 200; ++i) flood.take([large], `192.0.2.1 ${i}`);
  expect(waiting(flood)[0]).toBe(Math.floor(exporterLimits.waitingBytes / 60_000));
});

test("NetflowDecoder keeps templates within bounds, of whoever floods it first", () => {
  const decoding = decoded(told(256));
  const flood = Array.from({length: 80}, (_, domain) => {
    const templates = Array.from({length: 20}, (_, i) => template(256 + i, ...plainFields));
    return ipfix([set(2, ...templates)], {domain});
  });
  for (let i = 0; i < 30; ++i) decoding.take(flood, `192.0.2.${i + 2} 2055`);
  const {exporters} = decoding.decoder;
  expect(exporters.templateCount).toBe(exporterLimits.templates);
  expect(exporters.forgotten).toBe(1 + 30 * 80 * 20 - exporters.templateCount);
  expect(bytesOf(decoding.take([data(256, 1)]))).toEqual([100]);
});

test("NetflowDecoder keeps a bounded number of exporters, those that it heard last", () => {
  const decoding = decoded(told(256));
  for (let i = 0; i < 300; ++i) decoding.take([told(256)], `198.51.100.1 ${i}`).take(softflowd5, "192.0.2.1 2055");
  expect(decoding.decoder.exporters.count).toBe(exporterLimits.exporters);
  decoding.flows = [];
  expect(bytesOf(decoding.take([data(256, 1)]))).toEqual([100]);
  expect(bytesOf(decoding.take([data(256, 1)], "198.51.100.1 1"))).toEqual([100]);
});

test("NetflowDecoder goes on from what was saved, after any datagram", () => {
  const limits: ExporterLimits = {...exporterLimits, exporters: 2, domainsEach: 2, templates: 5, templatesEach: 4};
  const [templates9, ...data9] = pmacct9;
  const datagrams = [softflowd5, softflowd9, softflowd10, softflowd10Both, pmacct10, [...data9, templates9!]].flat();
  const events = fc.array(fc.tuple(fc.constantFrom(...datagrams), fc.constantFrom("a", "b", "c"), fc.boolean()), {
    maxLength: 30
  });
  fc.assert(
    fc.property(events, (events) => {
      const whole = new Decoding(limits);
      let parts = new Decoding(limits);
      const flows: unknown[] = [];
      for (const [datagram, exporter, isSaved] of events) {
        whole.take([datagram], exporter);
        parts.decoder.take(datagram, exporter);
        if (!isSaved) continue;
        flows.push(...parts.flows);
        const saved = deserialize(serialize(parts.decoder.save()));
        parts = new Decoding(limits);
        parts.decoder.restore(saved);
      }
      expect([...flows, ...parts.flows]).toEqual(whole.flows);
      expect(parts.decoder.save()).toEqual(whole.decoder.save());
    }),
    {numRuns: 60}
  );
});
