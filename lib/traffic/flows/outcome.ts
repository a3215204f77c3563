import type {FlowRecord} from "../../formats/flowRecord.js";

/**
 * Whether a flow failed: a firewall rejected it (REJECT), or it was TCP and had no answer, was refused, or was reset before
 * the server sent anything but headers. By the log’s words (Zeek’s S0, SH, REJ, RSTOS0, RSTRH, RSTO, RSTR), and by what came
 * back: no packet, or headers with a reset and no SYN. A TCP flow of which the log holds one direction only failed where
 * that was a SYN and nothing else, or, where flags are unknown, at most three packets. What a log does not tell has not
 * failed.
 */
export function hasFailed(record: FlowRecord, state: string | null): boolean {
  if (state === "REJECT") return true;
  if (record.protocol !== tcp) return false;
  const word = state === null ? undefined : words.get(state);
  if (word?.fails) return true;
  if (record.isOneWay) {
    return Number.isNaN(record.sourceFlags) ? record.sourcePackets <= 3 : sentOnlySyn(record);
  }
  const {destinationPackets, destinationBytes, destinationFlags} = record;
  if (destinationPackets === 0) return true;
  const isReset = word?.resets === true || (destinationFlags & (rst | syn)) === rst;
  return isReset && destinationBytes <= longestHeaders * destinationPackets;
}

/** 1 where a TCP client sent a SYN and acknowledged nothing, 0 elsewhere; NaN where neither flags nor state tell. */
export function isSynOnly(record: FlowRecord, state: string | null): number {
  if (record.protocol !== tcp) return Number.isNaN(record.protocol) ? Number.NaN : 0;
  if (!Number.isNaN(record.sourceFlags)) return sentOnlySyn(record) ? 1 : 0;
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

// VPC flow logs state no ACK but that of a SYN ACK, so that a connection’s beginning is told from a lone SYN by its size:
// https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html, tcp-flags
function sentOnlySyn({sourceFlags, sourceBytes, sourcePackets}: FlowRecord): boolean {
  return (sourceFlags & (syn | ack | fin | psh)) === syn && !(sourceBytes > longestHeaders * sourcePackets);
}

const [fin, syn, rst, psh, ack] = [1, 2, 4, 8, 16];
const tcp = 6;
// Bytes of the headers of IPv6 and of TCP with the options that a SYN has; with IPv4 most have 40 to 60.
const longestHeaders = 80;

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
