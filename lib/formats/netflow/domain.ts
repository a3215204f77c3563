import {Sequence} from "./sequence.js";
import type {Template} from "./template.js";

/** What is known of one stream of an exporter: its version and its domain, source id or engine. */
export class Domain {
  readonly sequence = new Sequence();
  /** By their ids, those that were told longest ago first. */
  readonly templates = new Map<number, Template>();
  /** UTC milliseconds when its uptime was 0, as it says itself; NaN where it does not. */
  bootTime = Number.NaN;
  /** The uptime of the last message, in ms. */
  uptime = 0;
  /** It counts one in so many packets; NaN where it does not say so. */
  sampledOneIn = Number.NaN;

  constructor(readonly key: number) {}

  /** The version of its messages. */
  get version(): 9 | 10 {
    return Math.floor(this.key / 2 ** 32) === 9 ? 9 : 10;
  }

  /** Takes the uptime of a message: one that is well below the last is that of an exporter that has begun anew. */
  restartBy(uptime: number): void {
    if (uptime + 60_000 < this.uptime) this.sequence.forget();
    this.uptime = uptime;
  }

  save(): SavedDomain {
    const {key, sequence, bootTime, uptime, sampledOneIn} = this;
    const templates = Array.from(
      this.templates.values(),
      ({bytes, content}) => [bytes, content === "options"] as const
    );
    return {key, sequence: sequence.save(), bootTime, uptime, sampledOneIn, templates};
  }

  restore({sequence, bootTime, uptime, sampledOneIn}: Omit<SavedDomain, "key" | "templates">): void {
    this.sequence.restore(sequence);
    this.bootTime = bootTime;
    this.uptime = uptime;
    this.sampledOneIn = sampledOneIn;
  }
}

/** What is kept of a domain. */
export interface SavedDomain {
  readonly key: number;
  readonly sequence: readonly number[];
  readonly bootTime: number;
  readonly uptime: number;
  readonly sampledOneIn: number;
  /** Their records, and whether these are of options. */
  readonly templates: readonly (readonly [bytes: Uint8Array, isOptions: boolean])[];
}
