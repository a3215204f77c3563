import {CellLines, isCutShort} from "./cellLines.js";
import type {Cells} from "./cells.js";
import {flagsIn, hexIn} from "./flagsIn.js";
import {FlowRecord, flowText} from "./flowRecord.js";
import type {Format} from "./format.js";
import {isIcmp} from "./protocolIn.js";
import type {RecordReceiver} from "./recordReader.js";

/**
 * Argus’s flows as `ra` prints them with commas or tabs, such as the labelled sets of CTU (binetflow). Times have no zone and
 * are taken as UTC.
 */
export const argus: Format = {
  name: "argus",
  title: "Argus flows",
  holds: "flows",
  unit: "line",
  matches: ({lines}) =>
    lines.slice(0, 5).some((line) => [",", "\t"].some((separator) => columnsOf(line.split(separator)) !== null)),
  open: (receiver) => new ArgusReader(receiver).lines
};

class ArgusReader {
  readonly lines: CellLines;
  private readonly flow = new FlowRecord();
  private columns: Columns | null = null;

  constructor(private readonly receiver: RecordReceiver) {
    this.lines = new CellLines(receiver, comma, (cells, line) => this.take(cells, line));
  }

  private take(cells: Cells, line: number): string | undefined {
    if (isLetter(cells.bytes[cells.starts[0]!]!) && this.takeHeader(cells)) {
      this.receiver.passOver("header");
      return undefined;
    }
    if (this.columns === null) return "no header";
    cells.trim();
    return this.takeFlow(cells, this.columns, line);
  }

  private takeHeader(cells: Cells): boolean {
    for (const separator of [comma, tab]) {
      cells.cut(cells.bytes, cells.starts[0]!, cells.ends[cells.count - 1]!, separator);
      const columns = columnsOf(cells.texts());
      if (columns === null) continue;
      this.columns = columns;
      this.lines.separator = separator;
      return true;
    }
    cells.cut(cells.bytes, cells.starts[0]!, cells.ends[cells.count - 1]!, this.lines.separator);
    return false;
  }

  private takeFlow(cells: Cells, columns: Columns, line: number): string | undefined {
    const {flow} = this;
    if (isCutShort(cells, columns.last, columns.count)) return "too few fields";
    if (!cells.has(columns.source) || !cells.has(columns.destination)) return "no address";
    flow.time = cells.time(columns.time);
    if (Number.isNaN(flow.time)) return "no time";
    flow.duration = cells.decimal(columns.duration);
    flow.protocol = cells.protocol(columns.protocol);
    setPorts(flow, cells, columns);
    flow.sourceBytes = cells.whole(columns.sourceBytes);
    flow.destinationBytes = cells.has(columns.destinationBytes)
      ? cells.whole(columns.destinationBytes)
      : atLeast0(cells.whole(columns.bytes) - flow.sourceBytes);
    setPackets(flow, cells, columns);
    setFlags(flow, cells, columns.state);
    flow.line = line;
    flow.bytes = cells.bytes;
    cells.copyTo(flow, flowText.source, columns.source);
    cells.copyTo(flow, flowText.destination, columns.destination);
    cells.copyTo(flow, flowText.state, columns.state);
    cells.copyTo(flow, flowText.label, labelCell(cells, columns));
    this.receiver.flow(flow);
    return undefined;
  }
}

/** Of ICMP, Argus writes type and code into the source’s port as `0xCCTT`. */
function setPorts(flow: FlowRecord, cells: Cells, columns: Columns): void {
  flow.sourcePort = portIn(cells, columns.sourcePort);
  flow.destinationPort = portIn(cells, columns.destinationPort);
  if (!isIcmp(flow.protocol)) return;
  flow.destinationPort = Math.floor(flow.sourcePort / 256);
  flow.sourcePort %= 256;
}

function portIn(cells: Cells, cell: number): number {
  if (!cells.has(cell)) return Number.NaN;
  const start = cells.starts[cell]!;
  const isHex = cells.bytes[start] === zero && cells.bytes[start + 1] === letterX;
  if (!isHex) return cells.port(cell);
  const port = hexIn(cells.bytes, start + 2, cells.ends[cell]!);
  return port < 2 ** 16 ? port : Number.NaN;
}

/** Where the log states but the packets of both directions together, those of each are known only if one was silent. */
function setPackets(flow: FlowRecord, cells: Cells, columns: Columns): void {
  const packets = cells.whole(columns.packets);
  const isKnown = cells.has(columns.sourcePackets) || cells.has(columns.destinationPackets);
  const stated = cells.whole(columns.sourcePackets);
  if (isKnown) {
    flow.sourcePackets = stated;
    flow.destinationPackets = cells.has(columns.destinationPackets)
      ? cells.whole(columns.destinationPackets)
      : atLeast0(packets - stated);
  } else {
    const {sourceBytes, destinationBytes} = flow;
    flow.sourcePackets = destinationBytes === 0 ? packets : sourceBytes === 0 ? 0 : packets === 2 ? 1 : Number.NaN;
    flow.destinationPackets = packets - flow.sourcePackets;
  }
}

/** A label in the last column is in the last cell, for payloads before it may hold commas. */
function labelCell(cells: Cells, columns: Columns): number {
  const isLast = columns.label === columns.count - 1 && cells.has(cells.count - 1);
  return isLast ? cells.count - 1 : columns.label;
}

/** Of TCP, the state is the flags of the source and of the destination, such as `FSPA_FSA`, but in some flows a word. */
function setFlags(flow: FlowRecord, cells: Cells, cell: number): void {
  flow.sourceFlags = flow.destinationFlags = Number.NaN;
  if (flow.protocol !== 6 || !cells.has(cell)) return;
  const start = cells.starts[cell]!;
  const end = cells.ends[cell]!;
  const between = cells.bytes.subarray(start, end).indexOf(underscore);
  if (between < 0) return;
  flow.sourceFlags = flagsIn(cells.bytes, start, start + between);
  flow.destinationFlags = flagsIn(cells.bytes, start + between + 1, end);
}

type Columns = NonNullable<ReturnType<typeof columnsOf>>;

/** Where the columns of a header stand, null where it is none of Argus. */
function columnsOf(header: readonly string[]) {
  const names = header.map((name) => name.trim().toLowerCase());
  const read = {
    time: names.indexOf("starttime"),
    duration: names.indexOf("dur"),
    protocol: names.indexOf("proto"),
    source: names.indexOf("srcaddr"),
    sourcePort: names.indexOf("sport"),
    destination: names.indexOf("dstaddr"),
    destinationPort: names.indexOf("dport"),
    state: names.indexOf("state"),
    packets: names.indexOf("totpkts"),
    bytes: names.indexOf("totbytes"),
    sourcePackets: names.indexOf("srcpkts"),
    destinationPackets: names.indexOf("dstpkts"),
    sourceBytes: names.indexOf("srcbytes"),
    destinationBytes: names.indexOf("dstbytes"),
    label: names.indexOf("label")
  };
  if (read.time < 0 || read.source < 0 || read.destination < 0) return null;
  return {...read, count: names.length, last: Math.max(...Object.values(read))};
}

function atLeast0(x: number): number {
  return x >= 0 ? x : Number.NaN;
}

function isLetter(byte: number): boolean {
  return (byte | 32) >= 97 && (byte | 32) <= 122;
}

const [tab, comma, zero, underscore, letterX] = [9, 44, 48, 95, 120];
