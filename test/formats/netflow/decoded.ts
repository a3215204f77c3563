import {expect} from "vitest";
import {type FlowRecord, flowTexts} from "../../../lib/formats/flowRecord.js";
import type {ExporterLimits} from "../../../lib/formats/netflow/exporters.js";
import {NetflowDecoder} from "../../../lib/formats/netflow/netflowDecoder.js";
import type {Flow} from "../../traffic/flows/flowOf.js";

/** A decoder, and what it has handed over. */
export class Decoding {
  readonly decoder: NetflowDecoder;
  flows: (Flow & {readonly line: number})[] = [];
  packets = 0;
  rejects: string[] = [];
  passedOver: string[] = [];
  private taken = 0;

  constructor(limits?: ExporterLimits) {
    this.decoder = new NetflowDecoder(
      {
        flow: (record) => this.flows.push(plain(record)),
        request: () => expect.unreachable(),
        packet: () => ++this.packets,
        reject: (line, reason, sample) => {
          expect([line, sample]).toEqual([this.taken, ""]);
          this.rejects.push(reason);
        },
        passOver: (what) => this.passedOver.push(what)
      },
      limits
    );
  }

  /** Takes datagrams of an exporter; spoils their bytes afterwards, and expects that each was handed over once. */
  take(datagrams: readonly Uint8Array[], exporter = "192.0.2.1 2055"): this {
    for (const datagram of datagrams) {
      const copy = new Uint8Array(datagram);
      ++this.taken;
      this.decoder.take(copy, exporter);
      copy.fill(0);
      expect(this.packets + this.rejects.length + this.passedOver.length).toBe(this.taken);
    }
    return this;
  }

  /** Counts beyond those of records, by their names. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.decoder.counts.list().map(({what, count}) => [what, count]));
  }
}

/** What becomes of the datagrams of one exporter. */
export function decoded(...datagrams: readonly Uint8Array[]): Decoding {
  return new Decoding().take(datagrams);
}

/** What a record states; what is NaN or false is left out. */
function plain(record: FlowRecord): Flow & {readonly line: number} {
  const numbers = Object.entries(record).filter(([, value]) => typeof value === "number" && !Number.isNaN(value));
  for (const [name, value] of numbers) {
    expect(value, name).toBeGreaterThanOrEqual(0);
    expect(value, name).toBeLessThan(Number.POSITIVE_INFINITY);
  }
  const texts = flowTexts.map((name, place) => [name, record.text(place)] as const).filter(([, text]) => text !== null);
  const {scratchEnd, ...stated} = Object.fromEntries(numbers);
  return {...stated, ...Object.fromEntries(texts), ...(record.isOneWay ? {isOneWay: true} : {}), line: record.line};
}
