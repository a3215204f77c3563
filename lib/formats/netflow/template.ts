import {u16, u32} from "../capture/endian.js";
import {elementOf, fieldKind, slot, type slots} from "./elements.js";
import type {Message} from "./message.js";

/** What records of a template are. */
export type TemplateContent = "flows" | "options" | "records without addresses" | "records without counts";

/** How records of a template are laid out, as far as they are read. */
export class Template {
  /** The least length of a record, at least 1. */
  readonly length: number;
  readonly isVariable: boolean;
  /** Whether records count the other direction as well. */
  readonly isTwoWay: boolean;
  readonly content: TemplateContent;
  /** Of all fields, where any length is variable. */
  private readonly lengths: Uint16Array;
  // Of each field that is read: its place (in bytes, or among the fields where any length is variable) and what it is.
  private readonly places: Uint16Array;
  private readonly sizes: Uint8Array;
  private readonly targets: Uint8Array;
  private readonly kinds: Uint8Array;
  private readonly scales: Float64Array;

  /** `bytes` are its record in a template set, as `readTemplate` found it. */
  constructor(
    readonly id: number,
    isOptions: boolean,
    fields: readonly Field[],
    readonly bytes: Uint8Array
  ) {
    this.isVariable = fields.some(({length}) => length === variable);
    this.length = fields.reduce((sum, {length}) => sum + (length === variable ? 1 : length), 0);
    this.lengths = this.isVariable ? Uint16Array.from(fields, ({length}) => length) : new Uint16Array();
    const read = fieldsToRead(fields, this.isVariable);
    this.places = Uint16Array.from(read, ({place}) => place);
    this.sizes = Uint8Array.from(read, ({length}) => length);
    this.targets = Uint8Array.from(read, ({element}) => element.slot);
    this.kinds = Uint8Array.from(read, ({element}) => element.kind);
    this.scales = Float64Array.from(read, ({element}) => element.scale);
    const has = (name: (typeof slots)[number]) => this.targets.includes(slot[name]);
    this.isTwoWay = has("reverseBytes") || has("reversePackets");
    const hasAddresses = (has("source4") && has("destination4")) || (has("source6") && has("destination6"));
    const hasCounts = has("bytes") || has("packets") || this.isTwoWay;
    if (isOptions) this.content = "options";
    else if (!hasAddresses) this.content = "records without addresses";
    else this.content = hasCounts ? "flows" : "records without counts";
  }

  /**
   * Reads the record at a place into values by their slots, NaN where it has none, and returns where it ends; −1 where that
   * is beyond the end.
   */
  read({bytes, exportTime}: Message, start: number, end: number, values: Float64Array): number {
    values.fill(Number.NaN);
    if (start + this.length > end) return -1;
    const {places, sizes, targets, kinds, scales} = this;
    if (this.isVariable) return this.readVariable(bytes, exportTime, start, end, values);
    for (let i = 0; i < places.length; ++i) {
      const at = start + places[i]!;
      values[targets[i]!] = valueAt(bytes, at, sizes[i]!, kinds[i]!, scales[i]!, exportTime);
    }
    return start + this.length;
  }

  private readVariable(
    bytes: Uint8Array,
    exportTime: number,
    start: number,
    end: number,
    values: Float64Array
  ): number {
    const {lengths, places, sizes, targets, kinds, scales} = this;
    let at = start;
    let next = 0;
    for (let field = 0; field < lengths.length; ++field) {
      let length = lengths[field]!;
      if (length === variable) {
        if (at >= end) return -1;
        length = bytes[at++]!;
        if (length === 255) {
          if (at + 2 > end) return -1;
          length = u16(bytes, at);
          at += 2;
        }
      }
      if (at + length > end) return -1;
      if (places[next] === field) {
        values[targets[next]!] = valueAt(bytes, at, sizes[next]!, kinds[next]!, scales[next]!, exportTime);
        ++next;
      }
      at += length;
    }
    return at;
  }
}

/** A field of a template. */
export interface Field {
  readonly id: number;
  /** 0 for those of IANA and of NetFlow v9, −1 for one that is no element: a scope of NetFlow v9. */
  readonly enterprise: number;
  /** In bytes, 65,535 where it is variable. */
  readonly length: number;
}

/** What stands for a variable length. */
export const variable = 0xffff;

function fieldsToRead(fields: readonly Field[], isVariable: boolean) {
  const best = new Map<number, {place: number; length: number; element: NonNullable<ReturnType<typeof elementOf>>}>();
  let offset = 0;
  for (const [index, {id, enterprise, length}] of fields.entries()) {
    const place = isVariable ? index : offset;
    offset += length;
    const element = elementOf(id, enterprise);
    if (element === undefined || length < element.shortest || length > element.longest) continue;
    const known = best.get(element.slot);
    if (known === undefined || element.rank < known.element.rank) best.set(element.slot, {place, length, element});
  }
  return [...best.values()].sort((a, b) => a.place - b.place);
}

function valueAt(bytes: Uint8Array, at: number, size: number, kind: number, scale: number, exportTime: number): number {
  switch (kind) {
    case fieldKind.number:
      return numberAt(bytes, at, size) * scale;
    case fieldKind.ntp:
      return ntpAt(bytes, at);
    case fieldKind.beforeExport:
      return exportTime - numberAt(bytes, at, size) * scale;
    default:
      return at;
  }
}

/** An unsigned number of up to 8 bytes, exact up to 2^53. */
function numberAt(bytes: Uint8Array, at: number, size: number): number {
  switch (size) {
    case 1:
      return bytes[at]!;
    case 2:
      return u16(bytes, at);
    case 4:
      return u32(bytes, at);
    case 8:
      return u32(bytes, at) * 2 ** 32 + u32(bytes, at + 4);
    default: {
      let number = 0;
      for (let i = 0; i < size; ++i) number = 256 * number + bytes[at + i]!;
      return number;
    }
  }
}

/**
 * UTC milliseconds of a timestamp of NTP (RFC 5905, section 6): seconds since 1900 or, below 2^31, since 2036, and a binary
 * fraction; to the microsecond.
 */
function ntpAt(bytes: Uint8Array, at: number): number {
  const seconds = u32(bytes, at);
  const era = seconds < 2 ** 31 ? 2 ** 32 : 0;
  const microseconds = Math.round((u32(bytes, at + 4) / 2 ** 32) * 1e6);
  return (seconds + era - 2_208_988_800) * 1000 + microseconds / 1000;
}
