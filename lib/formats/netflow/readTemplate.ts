import {u16, u32} from "../capture/endian.js";
import {type Field, Template, variable} from "./template.js";

/** What a record of a template set is: a template and where its record ends, one that is withdrawn, or why it is none. */
export type TemplateRecord =
  | {readonly template: Template; readonly end: number}
  | {readonly withdrawn: number; readonly end: number}
  | {readonly reason: TemplateReject};

export type TemplateReject =
  | "template cut short"
  | "bad template id"
  | "template without fields"
  | "template with too many fields"
  | "bad field length"
  | "bad scope";

/**
 * Reads the record at a place of a template set: of NetFlow v9 (RFC 3954, sections 5.2 and 6.1) or of IPFIX (RFC 7011,
 * section 3.4). A template of IPFIX without fields withdraws an earlier one.
 */
export function readTemplate(
  bytes: Uint8Array,
  start: number,
  end: number,
  version: 9 | 10,
  isOptions: boolean
): TemplateRecord {
  if (start + 4 > end) return {reason: "template cut short"};
  const id = u16(bytes, start);
  const count = u16(bytes, start + 2);
  const isIpfix = version === 10;
  if (isIpfix && count === 0 && (id >= 256 || id === 2 || id === 3)) return {withdrawn: id, end: start + 4};
  if (id < 256) return {reason: "bad template id"};
  const header = isOptions ? 6 : 4;
  if (start + header > end) return {reason: "template cut short"};
  let fieldCount = count;
  let scopes = 0;
  if (isOptions) {
    const second = u16(bytes, start + 4);
    // NetFlow v9 has the bytes of scopes and of options, IPFIX the counts of all fields and of scopes.
    scopes = isIpfix ? second : count / 4;
    if (!isIpfix) fieldCount = (count + second) / 4;
    if (!Number.isInteger(fieldCount) || !Number.isInteger(scopes)) return {reason: "bad field length"};
    if (scopes > fieldCount || (isIpfix && scopes === 0)) return {reason: "bad scope"};
  }
  if (fieldCount === 0) return {reason: "template without fields"};
  if (fieldCount > mostFields) return {reason: "template with too many fields"};
  const fields: Field[] = [];
  let at = start + header;
  for (let i = 0; i < fieldCount; ++i) {
    if (at + 4 > end) return {reason: "template cut short"};
    const type = u16(bytes, at);
    const length = u16(bytes, at + 2);
    at += 4;
    let enterprise = !isIpfix && i < scopes ? -1 : 0;
    if (isIpfix && type >= 0x8000) {
      if (at + 4 > end) return {reason: "template cut short"};
      enterprise = u32(bytes, at);
      at += 4;
    }
    if (length === variable && !isIpfix) return {reason: "bad field length"};
    fields.push({id: isIpfix ? type & 0x7fff : type, enterprise, length});
  }
  const template = new Template(id, isOptions, fields, bytes.slice(start, at));
  if (template.length === 0 || template.length > longestRecord) return {reason: "bad field length"};
  return {template, end: at};
}

const mostFields = 512;
// What fits into a datagram.
const longestRecord = 0xffff;
