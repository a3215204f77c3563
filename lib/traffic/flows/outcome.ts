import type {FlowRecord} from "../../formats/flowRecord.js";

const [syn, rst, ack] = [2, 4, 16];
const tcp = 6;
// Bytes of the headers of IP and TCP with options; most have 40 or 52.
const longestHeaders = 60;

/**
 * Whether a flow failed: a firewall rejected it (REJECT), or it was TCP and had no answer, was refused, or was reset before
 * the server sent anything but headers. By the log’s words (Zeek’s S0, SH, REJ, RSTOS0, RSTRH, RSTO, RSTR), and by what came
 * back: no packet, or a reset without a SYN. A TCP flow of which the log holds one direction only failed where it was a SYN
 * and nothing else, or, where flags are unknown, at most three packets. What a log does not tell has not failed.
 */
export function hasFailed(record: FlowRecord, state: string | null): boolean {
  if (state === "REJECT") return true;
  if (record.protocol !== tcp) return false;
  const word = state === null ? undefined : words.get(state);
  if (word?.fails) return true;
  const {destinationPackets, destinationBytes} = record;
  if (word?.resets && destinationBytes <= longestHeaders * destinationPackets) return true;
  if (record.isOneWay) {
    if (Number.isNaN(record.sourceFlags)) return record.sourcePackets <= 3;
    return (record.sourceFlags & (syn | rst | ack)) === syn;
  }
  return destinationPackets === 0 || (record.destinationFlags & (rst | syn)) === rst;
}

/** 1 where a TCP client sent a SYN and acknowledged nothing, 0 elsewhere; NaN where neither flags nor state tell. */
export function isSynOnly(record: FlowRecord, state: string | null): number {
  if (record.protocol !== tcp) return Number.isNaN(record.protocol) ? Number.NaN : 0;
  if (!Number.isNaN(record.sourceFlags)) return (record.sourceFlags & (syn | ack)) === syn ? 1 : 0;
  const word = state === null ? undefined : words.get(state);
  return word === undefined ? Number.NaN : word.isSynOnly ? 1 : 0;
}

/** 1 where either side reset a TCP connection, 0 elsewhere; NaN where neither flags nor state tell. */
export function isReset(record: FlowRecord, state: string | null): number {
  if (record.protocol !== tcp) return Number.isNaN(record.protocol) ? Number.NaN : 0;
  const {sourceFlags, destinationFlags} = record;
  if (((sourceFlags | destinationFlags) & rst) !== 0) return 1;
  const word = state === null ? undefined : words.get(state);
  if (word !== undefined) return word.resets ? 1 : 0;
  return Number.isNaN(sourceFlags) && Number.isNaN(destinationFlags) ? Number.NaN : 0;
}

interface Word {
  readonly fails?: boolean;
  readonly resets?: boolean;
  readonly isSynOnly?: boolean;
}

// https://docs.zeek.org/en/master/scripts/base/protocols/conn/main.zeek.html#type-Conn::Info, conn_state
const words = new Map<string, Word>([
  ["S0", {fails: true, isSynOnly: true}],
  ["REJ", {fails: true, resets: true, isSynOnly: true}],
  ["RSTOS0", {fails: true, resets: true, isSynOnly: true}],
  ["RSTRH", {fails: true, resets: true}],
  ["SH", {fails: true, isSynOnly: true}],
  ["RSTO", {resets: true}],
  ["RSTR", {resets: true}],
  ["S1", {}],
  ["S2", {}],
  ["S3", {}],
  ["SF", {}],
  ["SHR", {}]
]);
