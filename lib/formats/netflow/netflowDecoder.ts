import {u16, u32} from "../capture/endian.js";
import type {RecordReceiver} from "../recordReader.js";
import type {Domain} from "./domain.js";
import {slot} from "./elements.js";
import {type Exporter, type ExporterLimits, Exporters} from "./exporters.js";
import {FlowValues} from "./flowValues.js";
import type {Message} from "./message.js";
import {NetflowCounts} from "./netflowCounts.js";
import {readTemplate, type TemplateReject} from "./readTemplate.js";
import type {Template, TemplateContent} from "./template.js";
import {version5} from "./version5.js";

/**
 * Decodes datagrams of NetFlow v5, v9 (RFC 3954) and IPFIX (RFC 7011) into flows. Each datagram is handed to the receiver
 * once, as a packet, a reject or something passed over; flows come before that, each with its number, from 1, as its line.
 * Records that are no flows are passed over as well. It never throws, whatever the bytes, and keeps no more than its limits.
 *
 * Templates are those of an exporter’s address and port and its domain. Sets that come before their template wait for it,
 * and are handed over when it comes. Counts are as exported, not scaled where the exporter samples.
 */
export class NetflowDecoder {
  readonly counts = new NetflowCounts();
  readonly exporters: Exporters;
  /** Datagrams taken. */
  datagrams = 0;
  private readonly flowValues = new FlowValues();
  // Of the message that is decoded.
  private handed = 0;
  private records = 0;
  private optionRecords = 0;
  private isComplete = true;
  private passed: string | undefined;

  constructor(
    private readonly receiver: RecordReceiver,
    limits?: ExporterLimits
  ) {
    this.exporters = new Exporters(limits);
  }

  /** Takes a datagram, of which it keeps no byte that it has not copied, of an exporter’s address and port. */
  take(bytes: Uint8Array, exporterName: string): void {
    ++this.datagrams;
    this.handed = this.records = this.optionRecords = 0;
    this.isComplete = true;
    this.passed = undefined;
    const reason = this.decode(bytes, exporterName);
    if (reason !== undefined) this.receiver.reject(this.datagrams, reason, "");
    else if (this.passed !== undefined && this.handed === 0 && this.isComplete) this.receiver.passOver(this.passed);
    else this.receiver.packet();
  }

  /** All that it needs to go on as if it had not ended, as data that `structuredClone` takes. */
  save(): unknown {
    const {datagrams, counts, exporters} = this;
    return {datagrams, counts: counts.save(), exporters: exporters.save()} satisfies SavedDecoder;
  }

  /** Goes on from what a decoder of the same limits has saved; to be called before anything else. */
  restore(saved: unknown): void {
    const {datagrams, counts, exporters} = saved as SavedDecoder;
    this.datagrams = datagrams;
    this.counts.restore(counts);
    this.exporters.restore(exporters);
  }

  private decode(bytes: Uint8Array, exporterName: string): NetflowReject | undefined {
    if (bytes.length < 2) return "cut short";
    const version = u16(bytes, 0);
    if (version === 5) return this.takeVersion5(bytes, exporterName);
    if (version !== 9 && version !== 10) return "unknown version";
    const isIpfix = version === 10;
    const headerLength = isIpfix ? 16 : 20;
    if (bytes.length < headerLength) return "cut short";
    let end = bytes.length;
    if (isIpfix) {
      end = u16(bytes, 2);
      if (end > bytes.length) return "cut short";
      if (end < headerLength) return "bad message length";
    }
    const exportTime = 1000 * u32(bytes, isIpfix ? 4 : 8);
    const message = {bytes, exportTime, bootTime: isIpfix ? Number.NaN : exportTime - u32(bytes, 4)};
    const exporter = this.exporters.exporter(exporterName);
    const domain = this.exporters.domain(exporter, version * 2 ** 32 + u32(bytes, headerLength - 4));
    if (exporter.waiting.length > 0) this.exporters.dropOld(exporter, domain, exportTime);
    if (!isIpfix) domain.restartBy(u32(bytes, 4));
    const reason = this.takeSets(message, headerLength, end, version, exporter, domain);
    this.followSequence(u32(bytes, headerLength - 8), version, domain);
    return reason;
  }

  private takeSets(
    message: Message,
    start: number,
    end: number,
    version: 9 | 10,
    exporter: Exporter,
    domain: Domain
  ): NetflowReject | undefined {
    const {bytes} = message;
    const [templateSet, optionsSet] = version === 10 ? [2, 3] : [0, 1];
    let reason: NetflowReject | undefined;
    for (let at = start; at + 4 <= end; ) {
      const id = u16(bytes, at);
      const length = u16(bytes, at + 2);
      if (length < 4) return "bad set length";
      if (at + length > end) return "cut short";
      const [from, to] = [at + 4, at + length];
      if (id === templateSet || id === optionsSet) {
        reason = this.takeTemplates(bytes, from, to, version, id === optionsSet, exporter, domain) ?? reason;
      } else if (id >= 256) reason = this.takeData(message, id, from, to, exporter, domain) ?? reason;
      else reason = "reserved set id";
      at += length;
    }
    return reason;
  }

  private takeTemplates(
    bytes: Uint8Array,
    start: number,
    end: number,
    version: 9 | 10,
    isOptions: boolean,
    exporter: Exporter,
    domain: Domain
  ): NetflowReject | undefined {
    this.passed ??= "templates";
    for (let at = start; at + 4 <= end && !isPadding(bytes, at, end); ) {
      const record = readTemplate(bytes, at, end, version, isOptions);
      if ("reason" in record) return record.reason;
      at = record.end;
      if ("template" in record) this.takeTemplate(record.template, exporter, domain);
      else this.withdraw(record.withdrawn, exporter, domain);
    }
    return undefined;
  }

  private takeTemplate(template: Template, exporter: Exporter, domain: Domain): void {
    const isChanged = this.exporters.keep(exporter, domain, template);
    if (isChanged) ++this.counts.changedTemplates;
    if (exporter.waiting.length === 0) return;
    const {records, optionRecords} = this;
    for (const set of this.exporters.takeWaiting(exporter, domain, template.id)) {
      this.readRecords(set, template, 0, set.bytes.length, domain);
    }
    // These are not of this message.
    this.records = records;
    this.optionRecords = optionRecords;
  }

  private withdraw(id: number, exporter: Exporter, domain: Domain): void {
    if (id >= 256) {
      this.exporters.withdraw(exporter, domain, id);
      return;
    }
    for (const template of [...domain.templates.values()]) {
      if ((template.content === "options") === (id === 3)) this.exporters.withdraw(exporter, domain, template.id);
    }
  }

  private takeData(
    message: Message,
    id: number,
    start: number,
    end: number,
    exporter: Exporter,
    domain: Domain
  ): NetflowReject | undefined {
    const template = domain.templates.get(id);
    if (template !== undefined) return this.readRecords(message, template, start, end, domain);
    const {exportTime, bootTime} = message;
    const bytes = message.bytes.subarray(start, end);
    this.exporters.wait(exporter, {domain, template: id, bytes, exportTime, bootTime});
    this.isComplete = false;
    return undefined;
  }

  private readRecords(
    message: Message,
    template: Template,
    start: number,
    end: number,
    domain: Domain
  ): NetflowReject | undefined {
    const {values} = this.flowValues;
    const {content} = template;
    for (let at = start; at + template.length <= end; ) {
      at = template.read(message, at, end, values);
      if (at < 0) {
        this.isComplete = false;
        return "record cut short";
      }
      ++this.records;
      if (content === "flows") this.handOver(message, template.isTwoWay, domain);
      else this.passOver(content, domain);
    }
    return undefined;
  }

  private takeVersion5(bytes: Uint8Array, exporterName: string): NetflowReject | undefined {
    if (bytes.length < 24) return "cut short";
    const count = u16(bytes, 2);
    const end = 24 + count * version5.length;
    if (count === 0) return "no flows";
    if (end > bytes.length) return "cut short";
    const uptime = u32(bytes, 4);
    const exportTime = 1000 * u32(bytes, 8) + Math.floor(u32(bytes, 12) / 1e6);
    const exporter = this.exporters.exporter(exporterName);
    const domain = this.exporters.domain(exporter, 5 * 2 ** 32 + u16(bytes, 20));
    const interval = u16(bytes, 22) & 0x3fff;
    domain.sampledOneIn = interval > 1 ? interval : Number.NaN;
    domain.restartBy(uptime);
    this.readRecords({bytes, exportTime, bootTime: exportTime - uptime}, version5, 24, end, domain);
    this.counts.lostFlows += domain.sequence.take(u32(bytes, 16), count);
    return undefined;
  }

  private handOver(message: Message, isTwoWay: boolean, domain: Domain): void {
    const {flowValues, counts} = this;
    const bootTime = Number.isNaN(message.bootTime) ? domain.bootTime : message.bootTime;
    const flow = flowValues.flow(message, bootTime, isTwoWay);
    if (flow === null) {
      this.passOver("records without addresses", domain);
      return;
    }
    ++this.handed;
    flow.line = ++counts.flows;
    if (flowValues.isTimedByExport) ++counts.timedByExport;
    const sampled = sampledOneIn(flowValues.values) || domain.sampledOneIn;
    if (sampled > 1) counts.countSampled(Math.round(sampled));
    this.receiver.flow(flow);
  }

  private passOver(content: Exclude<TemplateContent, "flows">, domain: Domain): void {
    this.counts.passOver(content);
    this.passed ??= content;
    if (content !== "options") return;
    const {values} = this.flowValues;
    ++this.optionRecords;
    const sampled = sampledOneIn(values);
    if (!Number.isNaN(sampled)) domain.sampledOneIn = sampled;
    if (!Number.isNaN(values[slot.bootTime]!)) domain.bootTime = values[slot.bootTime]!;
  }

  /** Counts what was lost before a message of v9 or IPFIX. */
  private followSequence(sequence: number, version: 9 | 10, domain: Domain): void {
    const {counts, records, optionRecords} = this;
    if (version === 9) {
      counts.lostMessages += domain.sequence.take(sequence, 1);
      return;
    }
    // softflowd counts those of the message itself, and none of options.
    const others = this.isComplete ? [records, records - optionRecords] : [];
    counts.lostRecords += domain.sequence.take(sequence, this.isComplete ? records : Number.NaN, others);
  }
}

interface SavedDecoder {
  readonly datagrams: number;
  readonly counts: unknown;
  readonly exporters: unknown;
}

/** Why a datagram is rejected: what it holds before that is taken. */
export type NetflowReject =
  | TemplateReject
  | "cut short"
  | "unknown version"
  | "no flows"
  | "bad message length"
  | "bad set length"
  | "reserved set id"
  | "record cut short";

/** One in how many packets a record says are counted; NaN where it does not. */
function sampledOneIn(values: Float64Array): number {
  const [packets, space] = [values[slot.samplePackets]!, values[slot.sampleSpace]!];
  return packets > 0 && space >= 0 ? (packets + space) / packets : values[slot.sampledOneIn]!;
}

function isPadding(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; ++i) if (bytes[i] !== 0) return false;
  return true;
}
