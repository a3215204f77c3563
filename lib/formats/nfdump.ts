import {wholeIn} from "./asciiNumber.js";
import {CellLines, isCutShort} from "./cellLines.js";
import type {Cells} from "./cells.js";
import {decimalIn} from "./decimalIn.js";
import {FlowRecord, flowText} from "./flowRecord.js";
import type {Format} from "./format.js";
import {isIcmp} from "./protocolIn.js";
import type {RecordReceiver} from "./recordReader.js";

/**
 * nfdump’s CSV: of version 1.6 (`ts,te,td,sa,…`), 1.7 (`firstSeen,duration,proto,srcAddr,…`), csv-fast, and any other choice
 * of its columns. Times have no zone and are taken as UTC. Flows are one-way but where nfdump has joined both directions.
 */
export const nfdumpCsv: Format = {
  name: "nfdump-csv",
  title: "nfdump CSV",
  holds: "flows",
  unit: "line",
  matches: ({lines}) => lines.slice(0, 5).some((line) => columnsOf(line.split(",")) !== null),
  open: (receiver) => new NfdumpReader(receiver).lines
};

class NfdumpReader {
  readonly lines: CellLines;
  private readonly flow = new FlowRecord();
  private columns: Columns | null = null;
  private isSummary = false;

  constructor(private readonly receiver: RecordReceiver) {
    this.lines = new CellLines(receiver, comma, (cells, line) => this.take(cells, line));
  }

  private take(cells: Cells, line: number): string | undefined {
    if (isLetter(cells.bytes[cells.starts[0]!]!) && this.takeWords(cells)) return undefined;
    if (this.isSummary) {
      this.receiver.passOver("summary");
      return undefined;
    }
    if (this.columns === null) return "no header";
    cells.trim();
    return this.takeFlow(cells, this.columns, line);
  }

  /** Takes a line that begins with a letter, if it is a header or begins the summary behind the flows. */
  private takeWords(cells: Cells): boolean {
    const columns = columnsOf(cells.texts());
    if (columns !== null) {
      this.columns = columns;
      this.isSummary = false;
      this.receiver.passOver("header");
      return true;
    }
    this.isSummary ||= /^(Summary|Time window|Total flows|No match|Sys:)/.test(cells.text(0));
    return false;
  }

  private takeFlow(cells: Cells, columns: Columns, line: number): string | undefined {
    const {flow} = this;
    if (isCutShort(cells, columns.last, columns.count)) return "too few fields";
    if (!cells.has(columns.source) || !cells.has(columns.destination)) return "no address";
    flow.time = cells.time(columns.time);
    if (Number.isNaN(flow.time)) return "no time";
    flow.duration = cells.has(columns.duration)
      ? cells.decimal(columns.duration)
      : Math.max(0, cells.time(columns.end) - flow.time) / 1000;
    flow.protocol = cells.protocol(columns.protocol);
    flow.sourcePort = cells.port(columns.sourcePort);
    flow.destinationPort = cells.port(columns.destinationPort);
    if (isIcmp(flow.protocol)) setIcmpPorts(flow, cells, columns.destinationPort);
    setCounts(flow, cells, columns);
    flow.sourceFlags = cells.flags(columns.flags);
    flow.line = line;
    flow.bytes = cells.bytes;
    cells.copyTo(flow, flowText.source, columns.source);
    cells.copyTo(flow, flowText.destination, columns.destination);
    cells.copyTo(flow, flowText.label, columns.label);
    this.receiver.flow(flow);
    return undefined;
  }
}

/** Whether counts of the other direction stand in a line makes it two-way; where only these do, they are the flow’s own. */
function setCounts(flow: FlowRecord, cells: Cells, columns: Columns): void {
  const packets = amountIn(cells, columns.packets);
  const bytes = amountIn(cells, columns.bytes);
  const otherPackets = amountIn(cells, columns.otherPackets);
  const otherBytes = amountIn(cells, columns.otherBytes);
  const hasOwn = packets > 0 || bytes > 0;
  const hasOther = otherPackets > 0 || otherBytes > 0;
  flow.isOneWay = !(hasOwn && hasOther);
  flow.sourcePackets = hasOwn || !hasOther ? packets : otherPackets;
  flow.sourceBytes = hasOwn || !hasOther ? bytes : otherBytes;
  flow.destinationPackets = flow.isOneWay ? Number.NaN : otherPackets;
  flow.destinationBytes = flow.isOneWay ? Number.NaN : otherBytes;
}

/** A number that may be written as `1.2 M`. */
function amountIn(cells: Cells, cell: number): number {
  if (!cells.has(cell)) return Number.NaN;
  const end = cells.ends[cell]!;
  const exponent = 3 * (1 + units.indexOf(cells.bytes[end - 1]!));
  if (exponent === 0) return cells.decimal(cell);
  let numberEnd = end - 1;
  while (numberEnd > cells.starts[cell]! && cells.bytes[numberEnd - 1] === space) --numberEnd;
  const amount = decimalIn(cells.bytes, cells.starts[cell]!, numberEnd, exponent);
  return amount >= 0 ? amount : Number.NaN;
}

/** nfdump writes type and code as the destination’s port, as `3.1` or, in csv-fast, as 256 times the type plus the code. */
function setIcmpPorts(flow: FlowRecord, cells: Cells, cell: number): void {
  if (!cells.has(cell)) return;
  const start = cells.starts[cell]!;
  const end = cells.ends[cell]!;
  const dotAt = cells.bytes.subarray(start, end).indexOf(dot);
  if (dotAt >= 0) {
    flow.sourcePort = wholeIn(cells.bytes, start, start + dotAt);
    flow.destinationPort = wholeIn(cells.bytes, start + dotAt + 1, end);
  } else if (flow.sourcePort === 0) {
    flow.sourcePort = Math.floor(flow.destinationPort / 256);
    flow.destinationPort %= 256;
  }
}

type Columns = NonNullable<ReturnType<typeof columnsOf>>;

/** Where the columns of a header stand, null where it is none of nfdump. */
function columnsOf(header: readonly string[]) {
  const names = header.map((name) => name.trim().toLowerCase());
  const find = (...aliases: readonly string[]) => names.findIndex((name) => aliases.includes(name));
  const read = {
    time: find("ts", "firstseen"),
    end: find("te", "lastseen"),
    duration: find("td", "duration"),
    protocol: find("pr", "proto"),
    source: find("sa", "srcaddr"),
    sourcePort: find("sp", "srcport"),
    destination: find("da", "dstaddr"),
    destinationPort: find("dp", "dstport"),
    flags: find("flg", "flags"),
    packets: find("ipkt", "packets", "inpackets"),
    bytes: find("ibyt", "bytes", "inbytes"),
    otherPackets: find("opkt", "outpackets"),
    otherBytes: find("obyt", "outbytes"),
    label: find("label")
  };
  if (read.time < 0 || read.source < 0 || read.destination < 0) return null;
  return {...read, count: names.length, last: Math.max(...Object.values(read))};
}

function isLetter(byte: number): boolean {
  return (byte | 32) >= 97 && (byte | 32) <= 122;
}

const [space, comma, dot] = [32, 44, 46];
const units = Array.from("KMGT", (letter) => letter.charCodeAt(0));
