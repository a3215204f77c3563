import {CellLines} from "./cellLines.js";
import type {Cells} from "./cells.js";
import {FlowRecord, flowText} from "./flowRecord.js";
import type {Format} from "./format.js";
import type {RecordReceiver} from "./recordReader.js";

/**
 * AWS VPC flow logs: lines of words in the order that their header states, or without one in that of version 2. Each line
 * is one direction of a flow in an interval of up to ten minutes; ACCEPT and REJECT are its state. A log without times or
 * ports has flows without them.
 */
export const awsVpc: Format = {
  name: "aws-vpc",
  title: "AWS VPC flow log",
  holds: "flows",
  unit: "line",
  matches: ({lines}) =>
    lines
      .slice(0, 50)
      .some((line) => columnsOf(withoutTime(line).split(/ +/)) !== null || version2.test(withoutTime(line))),
  open: (receiver) => new AwsVpcReader(receiver).lines
};

class AwsVpcReader {
  readonly lines: CellLines;
  private readonly flow = new FlowRecord();
  private columns = columnsOf(version2Fields)!;

  constructor(private readonly receiver: RecordReceiver) {
    this.lines = new CellLines(receiver, space, (cells, line) => this.take(cells, line));
    this.lines.cells.unset = Uint8Array.of(dash);
  }

  private take(cells: Cells, line: number): string | undefined {
    if (cells.count > 1 && isTime(cells)) cells.dropFirst();
    if (isSmallLetter(cells.bytes[cells.starts[0]!]!)) {
      const columns = columnsOf(cells.texts());
      if (columns !== null) {
        this.columns = columns;
        this.receiver.passOver("header");
        return undefined;
      }
    }
    return this.takeFlow(cells, line);
  }

  private takeFlow(cells: Cells, line: number): string | undefined {
    const {columns, flow} = this;
    if (cells.count < columns.count) return "too few fields";
    if (cells.count > columns.count) return "too many fields";
    if (columns.status >= 0 && (cells.is(columns.status, noData) || cells.is(columns.status, skipData))) {
      this.receiver.passOver(`${cells.text(columns.status)} record`);
      return undefined;
    }
    if (!cells.has(columns.source) || !cells.has(columns.destination)) return "no address";
    flow.clear();
    flow.time = cells.time(columns.start);
    if (Number.isNaN(flow.time) && columns.start >= 0) return "no time";
    flow.duration = Math.max(0, cells.time(columns.end) - flow.time) / 1000;
    flow.protocol = cells.protocol(columns.protocol);
    flow.sourcePort = cells.port(columns.sourcePort);
    flow.destinationPort = cells.port(columns.destinationPort);
    flow.sourcePackets = cells.whole(columns.packets);
    flow.sourceBytes = cells.whole(columns.bytes);
    flow.sourceFlags = cells.whole(columns.flags);
    flow.isOneWay = true;
    flow.line = line;
    flow.bytes = cells.bytes;
    cells.copyTo(flow, flowText.source, columns.source);
    cells.copyTo(flow, flowText.destination, columns.destination);
    cells.copyTo(flow, flowText.state, columns.action);
    this.receiver.flow(flow);
    return undefined;
  }
}

/** Where the fields of a header stand, null where it is none: it names both addresses, and its words are those of fields. */
function columnsOf(words: readonly string[]) {
  const find = (...aliases: readonly string[]) =>
    aliases.map((alias) => words.indexOf(alias)).find((place) => place >= 0) ?? -1;
  const read = {
    source: find("srcaddr", "pkt-srcaddr"),
    destination: find("dstaddr", "pkt-dstaddr"),
    sourcePort: find("srcport"),
    destinationPort: find("dstport"),
    protocol: find("protocol"),
    packets: find("packets"),
    bytes: find("bytes"),
    start: find("start"),
    end: find("end"),
    action: find("action"),
    flags: find("tcp-flags"),
    status: find("log-status")
  };
  const isHeader = read.source >= 0 && read.destination >= 0 && words.every((word) => /^[a-z][a-z0-9-]*$/.test(word));
  return isHeader ? {...read, count: words.length} : null;
}

/** Whether the first word is a time, which CloudWatch puts before each line where it exports a log. */
function isTime({bytes, starts, ends}: Cells): boolean {
  const start = starts[0]!;
  return ends[0]! - start >= 20 && bytes[start + 4] === dash && bytes[start + 10] === letterT;
}

function withoutTime(line: string): string {
  return line.replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z /, "");
}

function isSmallLetter(byte: number): boolean {
  return byte >= 97 && byte <= 122;
}

const version2 =
  /^\d{1,2} \S+ \S+ \S+ \S+ (\d+|-) (\d+|-) (\d+|-) (\d+|-) (\d+|-) \d+ \d+ (ACCEPT|REJECT|-) (OK|NODATA|SKIPDATA)$/;
const version2Fields =
  "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status".split(
    " "
  );
const [space, dash, letterT] = [32, 45, 84];
const [noData, skipData] = ["NODATA", "SKIPDATA"].map((text) => new TextEncoder().encode(text)) as [
  Uint8Array,
  Uint8Array
];
