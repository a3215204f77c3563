import fc from "fast-check";
import {expect, test} from "vitest";
import {type ExporterLimits, exporterLimits} from "../../../lib/formats/netflow/exporters.js";
import {Decoding} from "./decoded.js";
import {ipfix, set, template, version9} from "./messages.js";
import {
  pmacct9,
  pmacct10,
  softflowd5,
  softflowd9,
  softflowd10,
  softflowd10Both,
  softflowd10Micro
} from "./recordings.js";

const recordings = [softflowd5, softflowd9, softflowd10, softflowd10Both, softflowd10Micro, pmacct9, pmacct10].flat();
const limits: ExporterLimits = {
  ...{exporters: 3, domainsEach: 3, templates: 12, templatesEach: 6},
  ...{waitingBytes: 4000, waitingBytesEach: 2000, waitingSetsEach: 5}
};

test("NetflowDecoder takes any bytes, within its bounds", () => {
  const change = fc.record({
    at: fc.double({min: 0, max: 1, noNaN: true}),
    value: fc.constantFrom(0, 1, 2, 4, 127, 255)
  });
  const changed = fc
    .tuple(fc.constantFrom(...recordings), fc.array(change, {maxLength: 12}), fc.integer({min: 0, max: 3000}))
    .map(([datagram, changes, length]) => {
      const bytes = new Uint8Array(datagram.subarray(0, length));
      for (const {at, value} of changes) if (bytes.length > 0) bytes[Math.floor(at * (bytes.length - 1))] = value;
      return bytes;
    });
  const random = fc.tuple(fc.constantFrom([0, 5], [0, 9], [0, 10]), fc.uint8Array({maxLength: 200}));
  const datagram = fc.oneof(
    changed,
    random.map(([version, bytes]) => Uint8Array.from([...version, ...bytes]))
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(datagram, fc.constantFrom("a", "b", "c", "d")), {maxLength: 30}), (datagrams) => {
      const decoding = new Decoding(limits);
      for (const [datagram, exporter] of datagrams) decoding.take([datagram], exporter);
      expectBounded(decoding);
    }),
    {numRuns: 300}
  );
});

test("NetflowDecoder takes templates and data of any fields and lengths", () => {
  const id = fc.constantFrom(256, 257, 300);
  const field = fc.tuple(
    fc.oneof(fc.integer({min: 0, max: 330}), fc.nat(0x7fff)),
    fc.oneof(fc.constantFrom(0, 1, 2, 4, 8, 16, 0xfffe, 0xffff), fc.nat(20)),
    fc.constantFrom(undefined, undefined, 29305, 9)
  );
  const templates = fc.tuple(id, fc.array(field, {maxLength: 12})).map(([id, fields]) => template(id, ...fields));
  const anySet = fc.oneof(
    fc.tuple(fc.constantFrom(0, 1, 2, 3), templates).map(([number, content]) => set(number, content)),
    fc.tuple(id, fc.uint8Array({maxLength: 150})).map(([number, content]) => set(number, content))
  );
  const sets = fc.array(anySet, {maxLength: 6});
  const message = fc
    .tuple(sets, fc.boolean(), fc.nat(4))
    .map(([sets, isIpfix, domain]) => (isIpfix ? ipfix(sets, {domain}) : version9(sets, {domain})));
  fc.assert(
    fc.property(fc.array(message, {maxLength: 20}), (messages) => {
      expectBounded(new Decoding(limits).take(messages));
    }),
    {numRuns: 300}
  );
});

test("NetflowDecoder takes a datagram of 64 KiB of the shortest records", () => {
  const decoding = new Decoding().take([
    version9([set(0, template(256, [4, 1]))]),
    version9([set(256, new Uint8Array(65_000))])
  ]);
  expect(decoding.counts).toEqual({"records without addresses": 65_000});
  expect(exporterLimits.exporters).toBeGreaterThan(decoding.decoder.exporters.count);
});

function expectBounded({decoder}: Decoding): void {
  const {exporters} = decoder;
  expect(exporters.count).toBeLessThanOrEqual(limits.exporters);
  expect(exporters.templateCount).toBeLessThanOrEqual(limits.templates);
  expect(exporters.waitingCount).toBeLessThanOrEqual(limits.exporters * limits.waitingSetsEach);
  expect(exporters.templateCount).toBeGreaterThanOrEqual(0);
  expect(exporters.undecoded).toBeGreaterThanOrEqual(0);
}
