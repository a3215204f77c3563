import {Domain, type SavedDomain} from "./domain.js";
import {readTemplate} from "./readTemplate.js";
import type {Template} from "./template.js";

/** A set that came before its template. */
export interface WaitingSet {
  readonly domain: Domain;
  readonly template: number;
  readonly bytes: Uint8Array;
  readonly exportTime: number;
  readonly bootTime: number;
}

/** An address and port that sends, with all that is kept of it. */
export class Exporter {
  /** By their keys, those that were heard longest ago first. */
  readonly domains = new Map<number, Domain>();
  /** Oldest first. */
  waiting: WaitingSet[] = [];
  waitingBytes = 0;
  templates = 0;

  constructor(readonly name: string) {}
}

/** How much is kept at most. */
export interface ExporterLimits {
  readonly exporters: number;
  readonly domainsEach: number;
  readonly templates: number;
  readonly templatesEach: number;
  readonly waitingBytes: number;
  readonly waitingBytesEach: number;
  readonly waitingSetsEach: number;
}

/** By default, all of it together takes at most about 20 MB. */
export const exporterLimits: ExporterLimits = {
  exporters: 256,
  domainsEach: 64,
  templates: 4096,
  templatesEach: 512,
  waitingBytes: 2 ** 22,
  waitingBytesEach: 2 ** 18,
  waitingSetsEach: 256
};

/**
 * Exporters and what they have told. Whatever one of them sends, it crowds out only what it sent itself, as long as others
 * hold less than it does; of exporters, the one that was heard longest ago is forgotten.
 */
export class Exporters {
  /** Templates that were forgotten since there were too many, and sets that no template came for. */
  forgotten = 0;
  undecoded = 0;
  private readonly exporters = new Map<string, Exporter>();
  private latest: Exporter | undefined;
  private templates = 0;
  private waitingBytes = 0;

  constructor(private readonly limits: ExporterLimits = exporterLimits) {}

  get count(): number {
    return this.exporters.size;
  }

  get templateCount(): number {
    return this.templates;
  }

  get waitingCount(): number {
    let count = 0;
    for (const {waiting} of this.exporters.values()) count += waiting.length;
    return count;
  }

  /** The exporter of a name, and a new one where there is none. */
  exporter(name: string): Exporter {
    if (this.latest?.name === name) return this.latest;
    const exporter = this.exporters.get(name) ?? new Exporter(name);
    this.exporters.delete(name);
    if (this.exporters.size >= this.limits.exporters) this.forget(firstOf(this.exporters.values()));
    this.exporters.set(name, exporter);
    this.latest = exporter;
    return exporter;
  }

  /** The domain of a key, and a new one where there is none. */
  domain(exporter: Exporter, key: number): Domain {
    const {domains} = exporter;
    const known = domains.get(key);
    if (known !== undefined && domains.size === 1) return known;
    const domain = known ?? new Domain(key);
    domains.delete(key);
    if (domains.size >= this.limits.domainsEach) this.forgetDomain(exporter, firstOf(domains.values()));
    domains.set(key, domain);
    return domain;
  }

  /** Keeps a template; returns whether another of its id was there that it replaces. */
  keep(exporter: Exporter, domain: Domain, template: Template): boolean {
    const known = domain.templates.get(template.id);
    const isSame = known !== undefined && hasSameBytes(known.bytes, template.bytes);
    this.withdraw(exporter, domain, template.id);
    if (exporter.templates >= this.limits.templatesEach) this.forgetTemplate(exporter);
    if (this.templates >= this.limits.templates) this.forgetTemplate(this.most(({templates}) => templates));
    domain.templates.set(template.id, isSame ? known : template);
    ++exporter.templates;
    ++this.templates;
    return known !== undefined && !isSame;
  }

  withdraw(exporter: Exporter, domain: Domain, id: number): void {
    if (!domain.templates.delete(id)) return;
    --exporter.templates;
    --this.templates;
  }

  /** Keeps a set until its template comes; its bytes are copied. */
  wait(exporter: Exporter, set: WaitingSet): void {
    const {waitingBytes, waitingBytesEach, waitingSetsEach} = this.limits;
    if (set.bytes.length > waitingBytesEach) {
      ++this.undecoded;
      return;
    }
    while (exporter.waiting.length >= waitingSetsEach || exporter.waitingBytes + set.bytes.length > waitingBytesEach)
      this.dropOldest(exporter);
    while (this.waitingBytes + set.bytes.length > waitingBytes)
      this.dropOldest(this.most(({waitingBytes}) => waitingBytes));
    exporter.waiting.push({...set, bytes: set.bytes.slice()});
    exporter.waitingBytes += set.bytes.length;
    this.waitingBytes += set.bytes.length;
  }

  /** Takes out the sets that have waited for a template, oldest first. */
  takeWaiting(exporter: Exporter, domain: Domain, template: number): WaitingSet[] {
    return this.takeOut(exporter, (set) => set.domain === domain && set.template === template);
  }

  /** Drops the sets of a domain that were exported too long before its latest message, or after it. */
  dropOld(exporter: Exporter, domain: Domain, exportTime: number): void {
    const isOld = (set: WaitingSet) => set.domain === domain && Math.abs(exportTime - set.exportTime) > longestWait;
    if (exporter.waiting.some(isOld)) this.undecoded += this.takeOut(exporter, isOld).length;
  }

  /** Everything that is kept, for another of the same limits. */
  save(): unknown {
    return {
      forgotten: this.forgotten,
      undecoded: this.undecoded,
      exporters: Array.from(this.exporters.values(), ({name, domains, waiting}) => ({
        name,
        domains: Array.from(domains.values(), (domain) => domain.save()),
        waiting: waiting.map(({domain, ...set}) => ({...set, domain: domain.key}))
      }))
    } satisfies SavedExporters;
  }

  /** Goes on from what another has saved; to be called before anything else. */
  restore(saved: unknown): void {
    const {forgotten, undecoded, exporters} = saved as SavedExporters;
    for (const {name, domains, waiting} of exporters) {
      const exporter = this.exporter(name);
      for (const {key, templates, ...domainSaved} of domains) {
        const domain = this.domain(exporter, key);
        domain.restore(domainSaved);
        for (const [bytes, isOptions] of templates) {
          const record = readTemplate(bytes, 0, bytes.length, domain.version, isOptions);
          if ("template" in record) this.keep(exporter, domain, record.template);
        }
      }
      for (const {domain, ...set} of waiting) this.wait(exporter, {...set, domain: exporter.domains.get(domain)!});
    }
    this.forgotten = forgotten;
    this.undecoded = undecoded;
  }

  private takeOut(exporter: Exporter, isTaken: (set: WaitingSet) => boolean): WaitingSet[] {
    const taken = exporter.waiting.filter(isTaken);
    if (taken.length === 0) return taken;
    exporter.waiting = exporter.waiting.filter((set) => !isTaken(set));
    const bytes = taken.reduce((sum, set) => sum + set.bytes.length, 0);
    exporter.waitingBytes -= bytes;
    this.waitingBytes -= bytes;
    return taken;
  }

  private dropOldest(exporter: Exporter): void {
    const oldest = exporter.waiting.shift()!;
    exporter.waitingBytes -= oldest.bytes.length;
    this.waitingBytes -= oldest.bytes.length;
    ++this.undecoded;
  }

  private forget(exporter: Exporter): void {
    for (const domain of [...exporter.domains.values()]) this.forgetDomain(exporter, domain);
    this.exporters.delete(exporter.name);
    if (this.latest === exporter) this.latest = undefined;
  }

  private forgetDomain(exporter: Exporter, domain: Domain): void {
    this.undecoded += this.takeOut(exporter, (set) => set.domain === domain).length;
    this.forgotten += domain.templates.size;
    exporter.templates -= domain.templates.size;
    this.templates -= domain.templates.size;
    exporter.domains.delete(domain.key);
  }

  /** Forgets the oldest template of the exporter’s domain that was heard longest ago. */
  private forgetTemplate(exporter: Exporter): void {
    for (const domain of exporter.domains.values()) {
      if (domain.templates.size === 0) continue;
      this.withdraw(exporter, domain, firstOf(domain.templates.keys()));
      ++this.forgotten;
      return;
    }
  }

  private most(amount: (exporter: Exporter) => number): Exporter {
    let most = firstOf(this.exporters.values());
    for (const exporter of this.exporters.values()) if (amount(exporter) > amount(most)) most = exporter;
    return most;
  }
}

interface SavedExporters {
  readonly forgotten: number;
  readonly undecoded: number;
  readonly exporters: readonly {
    readonly name: string;
    readonly domains: readonly SavedDomain[];
    readonly waiting: readonly (Omit<WaitingSet, "domain"> & {readonly domain: number})[];
  }[];
}

// The refresh of templates that exporters commonly come with is shorter, and flows that come later are late anyway.
const longestWait = 600_000;

function firstOf<T>(values: Iterable<T>): T {
  const [first] = values;
  return first!;
}

function hasSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
