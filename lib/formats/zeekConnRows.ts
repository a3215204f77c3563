import {FlowRecord, flowText} from "./flowRecord.js";
import type {RecordReceiver} from "./recordReader.js";
import type {ZeekCells} from "./zeekCells.js";
import {setHistoryFlags} from "./zeekHistory.js";

/**
 * Makes flows of the rows of Zeek’s conn log.
 *
 * - Bytes are those of IP packets (`orig_ip_bytes`), which Zeek states for every flow and which NetFlow and captures count
 *   too; only where the log lacks them are they the payload (`orig_bytes`), which is unset for flows of one packet.
 * - Zeek leaves the duration unset where it is 0.
 */
export class ZeekConnRows {
  private readonly flow = new FlowRecord();
  private columns = columnsOf([]);

  /** Begins rows with these columns. */
  begin(names: readonly string[]): void {
    this.columns = columnsOf(names);
  }

  /** Hands over the flow of a row, or tells why there is none. */
  take(cells: ZeekCells, line: number, receiver: RecordReceiver): string | undefined {
    const {columns, flow} = this;
    if (cells.count < columns.count && cells.count <= columns.last + 1) return "too few fields";
    if (!cells.has(columns.source) || !cells.has(columns.destination)) return "no address";
    flow.time = cells.time(columns.time);
    // Whoever leaves out the column has flows without times; a time that is none is a broken line.
    if (Number.isNaN(flow.time) && columns.time >= 0) return "no time";
    flow.duration = cells.has(columns.duration) || columns.duration < 0 ? cells.decimal(columns.duration) : 0;
    flow.protocol = protocolOf(cells, columns);
    flow.sourcePort = cells.port(columns.sourcePort);
    flow.destinationPort = cells.port(columns.destinationPort);
    flow.sourcePackets = cells.whole(columns.sourcePackets);
    flow.destinationPackets = cells.whole(columns.destinationPackets);
    flow.sourceBytes = bytesOf(cells, columns.sourceIpBytes, columns.sourceBytes);
    flow.destinationBytes = bytesOf(cells, columns.destinationIpBytes, columns.destinationBytes);
    cells.unescape(columns.escaped);
    flow.line = line;
    flow.bytes = cells.bytes;
    cells.copyTo(flow, flowText.source, columns.source);
    cells.copyTo(flow, flowText.destination, columns.destination);
    cells.copyTo(flow, flowText.service, columns.service);
    cells.copyTo(flow, flowText.state, columns.state);
    cells.copyTo(flow, flowText.history, columns.history);
    cells.copyTo(flow, flowText.label, columns.label);
    cells.copyTo(flow, flowText.id, columns.id);
    setHistoryFlags(flow);
    receiver.flow(flow);
    return undefined;
  }
}

function columnsOf(names: readonly string[]) {
  const find = (...aliases: readonly string[]) => names.findIndex((name) => aliases.includes(name));
  const read = {
    time: names.indexOf("ts"),
    id: names.indexOf("uid"),
    source: find("id.orig_h", "id_orig_h", "src", "src_ip"),
    sourcePort: find("id.orig_p", "id_orig_p", "src_port"),
    destination: find("id.resp_h", "id_resp_h", "dst", "dst_ip"),
    destinationPort: find("id.resp_p", "id_resp_p", "dst_port"),
    protocol: names.indexOf("proto"),
    protocolNumber: names.indexOf("ip_proto"),
    service: names.indexOf("service"),
    duration: names.indexOf("duration"),
    sourceBytes: names.indexOf("orig_bytes"),
    destinationBytes: names.indexOf("resp_bytes"),
    state: names.indexOf("conn_state"),
    history: names.indexOf("history"),
    sourcePackets: names.indexOf("orig_pkts"),
    sourceIpBytes: names.indexOf("orig_ip_bytes"),
    destinationPackets: names.indexOf("resp_pkts"),
    destinationIpBytes: names.indexOf("resp_ip_bytes"),
    label: names.indexOf("label")
  };
  const last = Math.max(...Object.values(read));
  return {...read, count: names.length, last, escaped: [read.service, read.label]};
}

function protocolOf(cells: ZeekCells, columns: ReturnType<typeof columnsOf>): number {
  const protocol = cells.protocol(columns.protocol);
  if (protocol === 1) {
    // Zeek calls both kinds of ICMP the same.
    const isSix = cells.bytes.subarray(cells.starts[columns.source], cells.ends[columns.source]).includes(colon);
    return isSix ? 58 : 1;
  }
  return Number.isNaN(protocol) ? cells.whole(columns.protocolNumber) : protocol;
}

function bytesOf(cells: ZeekCells, ipBytes: number, payloadBytes: number): number {
  return cells.has(ipBytes) ? cells.whole(ipBytes) : cells.whole(payloadBytes);
}

const colon = 58;
