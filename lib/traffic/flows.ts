import {type FlowRecord, flowText} from "../formats/flowRecord.js";
import {DirectionPairs, endOf} from "./flows/directionPairs.js";
import {behaviourColumns, HostBehaviour, type HostKey, type Memory} from "./flows/hostBehaviour.js";
import {labelOfText} from "./flows/labelOfText.js";
import {hasFailed, isReset, isSynOnly} from "./flows/outcome.js";
import {portGroup} from "./flows/portGroup.js";
import {hasPorts, protocolName} from "./flows/protocolName.js";
import {TextCache} from "./flows/textCache.js";
import {LiveRowBuilder} from "./liveRowBuilder.js";
import type {LiveRows} from "./liveRows.js";
import {batchRows, type RowBuilder} from "./rowBuilder.js";
import type {Table} from "./table.js";
import {TableBuilder} from "./tableBuilder.js";

export interface FlowOptions {
  /** Whether to join the two directions that some logs count apart, so that bytes each way are known; true unless given. */
  readonly pair?: boolean;
  /** How much is remembered of hosts. */
  readonly memory?: Partial<Memory>;
  /** Whether rows come one by one, from `takeLive`, instead of in batches from `take`; false unless told. */
  readonly live?: boolean;
}

/**
 * Makes a row of each flow, in the order in which they come, with what its hosts have been doing. Where a log counts the two
 * directions of a flow apart, they are joined into one row (see `DirectionPairs`): records = rows + `joined`.
 *
 * Live, a flow of one direction waits for the other until the clock has gone on by six seconds since it came, or `release` is
 * called. Its own end is no measure: an exporter tells of it after a silence, when others are long since newer. What comes
 * without a time before all that have one counts as of 1970, as requests do.
 */
export class Flows implements RowBuilder {
  file = 0;
  /** Flows taken. */
  records = 0;
  /** The newest end of a flow so far, UTC milliseconds; −∞ before the first, not live before the first with a time. It never falls. */
  clock = Number.NEGATIVE_INFINITY;
  private readonly directions: DirectionPairs | undefined;
  private readonly behaviour: HostBehaviour;
  private readonly liveRows: LiveRowBuilder | null;
  private readonly builder: TableBuilder;
  private readonly texts = new TextCache();
  private readonly client = {high: 0, low: 0};
  private readonly server = {high: 0, low: 0};
  private readonly labels = new Map<string, number>();
  private hasEnded = false;

  constructor({pair = true, memory, live = false}: FlowOptions = {}) {
    this.directions = pair ? new DirectionPairs((record, file) => this.addRow(record, file)) : undefined;
    this.behaviour = new HostBehaviour(memory);
    this.liveRows = live ? new LiveRowBuilder(columns) : null;
    this.builder = this.liveRows?.rows ?? new TableBuilder(columns);
  }

  /** Flows that are no row of their own, since they are the other direction of one. */
  get joined(): number {
    return this.directions?.joined ?? 0;
  }

  flow(record: FlowRecord): void {
    ++this.records;
    const end = endOf(record);
    if (end > this.clock) this.clock = end;
    else if (this.liveRows !== null && this.clock === Number.NEGATIVE_INFINITY) this.clock = 0;
    if (record.isOneWay && this.directions !== undefined) this.directions.flow(record, this.file, this.clock);
    else this.addRow(record, this.file);
    if (this.liveRows !== null) this.directions?.releaseBefore(this.clock - longestHeld);
  }

  /** Hands on the flows that wait for another direction, for when nothing more has come for some seconds. */
  release(): void {
    this.directions?.end();
  }

  end(): void {
    this.directions?.end();
    this.hasEnded = true;
  }

  take(): Table | null {
    if (this.liveRows !== null) return null;
    if (this.builder.rows >= batchRows) return this.builder.take(batchRows);
    return this.hasEnded && this.builder.rows > 0 ? this.builder.take() : null;
  }

  /** Live rows that came since the last call, in order; null where there are none. They gather until they are taken. */
  takeLive(): LiveRows | null {
    return this.liveRows?.take() ?? null;
  }

  private addRow(record: FlowRecord, file: number): void {
    const {builder, texts} = this;
    const {protocol, sourceBytes, sourcePackets, destinationBytes, destinationPackets} = record;
    const client = texts.text(record, flowText.source);
    setKey(this.client, texts);
    const server = texts.text(record, flowText.destination);
    setKey(this.server, texts);
    const state = texts.text(record, flowText.state);
    const label = texts.text(record, flowText.label);
    const port = hasPorts(protocol) ? record.destinationPort : Number.NaN;

    const row = this.liveRows === null ? builder.add() : this.addLiveRow(record.line, file);
    builder.setNumber(at.timestamp, row, record.time);
    builder.setText(at.client, row, client);
    builder.setText(at.server, row, server);
    builder.setNumber(at.server_port, row, port);
    builder.setText(at.protocol, row, protocolName(protocol));
    builder.setText(at.service, row, texts.text(record, flowText.service));
    builder.setText(at.port_group, row, portGroup(protocol, port));
    builder.setText(at.state, row, state);
    builder.setNumber(at.flow_duration, row, Math.round(1e6 * record.duration) / 1e6);
    builder.setNumber(at.bytes_out, row, sourceBytes);
    builder.setNumber(at.bytes_in, row, destinationBytes);
    builder.setNumber(at.packets_out, row, sourcePackets);
    builder.setNumber(at.packets_in, row, destinationPackets);
    builder.setNumber(at.bytes_out_share, row, ratio(sourceBytes, sourceBytes + destinationBytes));
    builder.setNumber(at.packet_size_out, row, ratio(sourceBytes, sourcePackets));
    builder.setNumber(at.packet_size_in, row, ratio(destinationBytes, destinationPackets));
    builder.setNumber(at.syn_only, row, isSynOnly(record, state));
    builder.setNumber(at.reset, row, isReset(record, state));

    this.behaviour.add(record, this.client, this.server, hasFailed(record, state));
    const {values} = this.behaviour;
    for (let i = 0; i < values.length; ++i) builder.setNumber(firstBehaviour + i, row, values[i]!);

    if (record.isAlerted !== undefined) builder.setNumber(at.alerted, row, record.isAlerted ? 1 : 0);
    // Where a log has alerts, its label names a rule that fired, in words that say nothing of the flow.
    else if (label !== null) builder.setNumber(at.fake_traffic, row, this.labelOf(label));
    builder.setText(at.kind, row, label);
    builder.setNumber(at.source_line, row, record.line);
    builder.setNumber(at.source_file, row, file);
  }

  private addLiveRow(line: number, file: number): number {
    const {high, low} = this.client;
    const subject = (high >>> 0) * 2 ** 21 + (low >>> 11);
    return this.liveRows!.add({subject, clock: this.clock, isFinal: true, line, file});
  }

  private labelOf(text: string): number {
    let label = this.labels.get(text);
    if (label === undefined) {
      label = labelOfText(text);
      if (this.labels.size === mostLabels) this.labels.clear();
      this.labels.set(text, label);
    }
    return label;
  }
}

const mostLabels = 1024;

/** Milliseconds of the clock that a live flow waits for its other direction. */
const longestHeld = 6000;

const texts = ["client", "server", "protocol", "service", "port_group", "state", "kind"] as const;

const names = [
  "timestamp",
  "client",
  "server",
  "server_port",
  "protocol",
  "service",
  "port_group",
  "state",
  "flow_duration",
  "bytes_out",
  "bytes_in",
  "packets_out",
  "packets_in",
  "bytes_out_share",
  "packet_size_out",
  "packet_size_in",
  "syn_only",
  "reset",
  ...behaviourColumns,
  "alerted",
  "fake_traffic",
  "kind",
  "source_line",
  "source_file"
] as const;

const columns = names.map((name) => ({
  name,
  type: (texts as readonly string[]).includes(name) ? ("text" as const) : ("number" as const)
}));

const at = Object.fromEntries(names.map((name, i) => [name, i])) as Readonly<Record<(typeof names)[number], number>>;
const firstBehaviour = at[behaviourColumns[0]];

function setKey(key: {high: number; low: number}, {high, low}: HostKey): void {
  key.high = high;
  key.low = low;
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? Math.round((10_000 * part) / whole) / 10_000 : Number.NaN;
}
