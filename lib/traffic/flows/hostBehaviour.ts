import type {FlowRecord} from "../../formats/flowRecord.js";
import {hasPorts} from "./protocolName.js";
import {RecentKeys} from "./recentKeys.js";
import {Rhythm} from "./rhythm.js";
import {SlidingSums} from "./slidingSums.js";

/** What is known of the hosts of a flow when it arrives, in the order of `HostBehaviour.values`; the schema says what each means. */
export const behaviourColumns = [
  "host_connections_minute",
  "host_connections_hour",
  "host_destinations_minute",
  "host_destinations_hour",
  "host_ports_minute",
  "host_ports_hour",
  "host_failure_share_minute",
  "host_failure_share_hour",
  "pair_connections_hour",
  "pair_bytes_hour",
  "server_connections_minute",
  "interval_mean",
  "interval_variation",
  "size_variation"
] as const;

/** The most that is remembered of each; beyond that, what was seen longest ago is forgotten. */
export interface Memory {
  /** Clients, and as many servers; 32,768 unless given: about 35 MB when full. */
  readonly hosts: number;
  /** Pairs of client and server, pairs of client and port, and triples of them; 131,072 of each unless given: about 60 MB. */
  readonly pairs: number;
}

/** Two whole numbers that tell a host from others. */
export interface HostKey {
  readonly high: number;
  readonly low: number;
}

/**
 * What hosts have been doing, flow by flow, in memory that is bounded. Time is that of the flows’ starts, and windows are
 * those of `SlidingSums`: the last minute in buckets of 5 s, the last hour in buckets of 5 min. Logs write flows when they
 * end, so that one may start before others that came earlier: it counts as if it started with the latest of its client. If
 * it also ended more than an hour before that, the client’s clock was wrong or another log has begun, and its windows
 * start anew. Distinct servers and ports are exact as long as fewer than `pairs` are remembered; one that was forgotten
 * and comes again counts again. Without a time, nothing is counted and every value is NaN.
 */
export class HostBehaviour {
  /** What is known as of the last flow, it included, in the order of `behaviourColumns`. */
  readonly values = new Float64Array(behaviourColumns.length);
  private readonly clients: RecentKeys;
  private readonly servers: RecentKeys;
  private readonly pairs: RecentKeys;
  private readonly ports: RecentKeys;
  private readonly triples: RecentKeys;
  private readonly clientMinutes = new SlidingSums(minuteBucket, series);
  private readonly clientHours = new SlidingSums(hourBucket, series);
  private readonly serverMinutes = new SlidingSums(minuteBucket, 1);
  private readonly pairHours = new SlidingSums(hourBucket, 2);
  private readonly rhythm = new Rhythm();
  private clientClock = new Float64Array();
  private serverClock = new Float64Array();
  private pairSeen = new Float64Array();
  private portSeen = new Float64Array();
  // a number for each beginning of a client’s windows: what was counted for it before does not count any more
  private clientEpoch = new Int32Array();
  private epochs = 0;

  constructor({hosts = 32_768, pairs = 131_072}: Partial<Memory> = {}) {
    this.clients = new RecentKeys(hosts);
    this.servers = new RecentKeys(hosts);
    this.pairs = new RecentKeys(pairs);
    this.ports = new RecentKeys(pairs);
    this.triples = new RecentKeys(pairs);
  }

  /** Takes a flow and sets `values`. */
  add(record: FlowRecord, client: HostKey, server: HostKey, hasFailed: boolean): void {
    const {values} = this;
    const {time, protocol, destinationPort: port} = record;
    if (!Number.isFinite(time)) {
      values.fill(Number.NaN);
      return;
    }
    const end = record.duration > 0 ? time + 1000 * record.duration : time;
    const place = this.clientPlace(client, time, end);
    const clock = this.clientClock[place]!;
    const epoch = this.clientEpoch[place]!;
    const {clientMinutes, clientHours} = this;
    clientMinutes.add(place, connections, 1);
    clientHours.add(place, connections, 1);
    if (hasFailed) {
      clientMinutes.add(place, failures, 1);
      clientHours.add(place, failures, 1);
    }

    const pair = this.pairs.placeOf(epoch, server.low);
    if (this.pairs.capacity > this.pairSeen.length) {
      this.pairSeen = larger(this.pairSeen, this.pairs.capacity);
      this.pairHours.reserve(this.pairs.capacity);
    }
    if (this.pairs.isNew) this.pairHours.restart(pair, clock);
    else this.pairHours.advance(pair, clock);
    this.countDistinct(place, destinations, this.pairs.isNew, this.pairSeen[pair]!);
    this.pairSeen[pair] = clock;
    this.pairHours.add(pair, 0, 1);
    if (record.sourceBytes > 0) this.pairHours.add(pair, 1, record.sourceBytes);

    const portKey = hasPorts(protocol) && port >= 0 ? 65536 * protocol + port : -1 - protocol;
    if (portKey >= 0) {
      const portPlace = this.ports.placeOf(epoch, portKey);
      if (this.ports.capacity > this.portSeen.length) this.portSeen = larger(this.portSeen, this.ports.capacity);
      this.countDistinct(place, ports, this.ports.isNew, this.portSeen[portPlace]!);
      this.portSeen[portPlace] = clock;
    }

    const triple = this.triples.placeOf(epoch, server.low ^ Math.imul(portKey, 0x9e3779b1));
    this.rhythm.reserve(this.triples.capacity);
    if (this.triples.isNew) this.rhythm.restart(triple);
    this.rhythm.add(triple, time, bytesBothWays(record));

    const serverPlace = this.serverPlace(server, time, end);
    this.serverMinutes.add(serverPlace, 0, 1);

    values[0] = clientMinutes.sum(place, connections);
    values[1] = clientHours.sum(place, connections);
    values[2] = clientMinutes.sum(place, destinations);
    values[3] = clientHours.sum(place, destinations);
    values[4] = clientMinutes.sum(place, ports);
    values[5] = clientHours.sum(place, ports);
    values[6] = rounded(clientMinutes.sum(place, failures) / values[0]);
    values[7] = rounded(clientHours.sum(place, failures) / values[1]);
    values[8] = this.pairHours.sum(pair, 0);
    values[9] = this.pairHours.sum(pair, 1);
    values[10] = this.serverMinutes.sum(serverPlace, 0);
    values[11] = rounded(this.rhythm.meanPause(triple));
    values[12] = rounded(this.rhythm.pauseVariation(triple));
    values[13] = rounded(this.rhythm.sizeVariation(triple));
  }

  private clientPlace({high, low}: HostKey, time: number, end: number): number {
    const place = this.clients.placeOf(high, low);
    if (this.clients.capacity > this.clientClock.length) {
      this.clientClock = larger(this.clientClock, this.clients.capacity);
      const epochs = new Int32Array(this.clients.capacity);
      epochs.set(this.clientEpoch);
      this.clientEpoch = epochs;
      this.clientMinutes.reserve(this.clients.capacity);
      this.clientHours.reserve(this.clients.capacity);
    }
    if (this.clients.isNew || end < this.clientClock[place]! - hour) {
      this.clientClock[place] = time;
      this.clientEpoch[place] = ++this.epochs;
      this.clientMinutes.restart(place, time);
      this.clientHours.restart(place, time);
    } else if (time > this.clientClock[place]!) {
      this.clientClock[place] = time;
      this.clientMinutes.advance(place, time);
      this.clientHours.advance(place, time);
    }
    return place;
  }

  private serverPlace({high, low}: HostKey, time: number, end: number): number {
    const place = this.servers.placeOf(high, low);
    if (this.servers.capacity > this.serverClock.length) {
      this.serverClock = larger(this.serverClock, this.servers.capacity);
      this.serverMinutes.reserve(this.servers.capacity);
    }
    if (this.servers.isNew || end < this.serverClock[place]! - hour) {
      this.serverClock[place] = time;
      this.serverMinutes.restart(place, time);
    } else if (time > this.serverClock[place]!) {
      this.serverClock[place] = time;
      this.serverMinutes.advance(place, time);
    }
    return place;
  }

  private countDistinct(place: number, series: number, isNew: boolean, seen: number): void {
    if (isNew) {
      this.clientMinutes.add(place, series, 1);
      this.clientHours.add(place, series, 1);
    } else {
      this.clientMinutes.renew(place, series, seen);
      this.clientHours.renew(place, series, seen);
    }
  }
}

const minuteBucket = 5000;
const hourBucket = 300_000;
const hour = 3_600_000;

const [connections, failures, destinations, ports] = [0, 1, 2, 3];
const series = 4;

function bytesBothWays({sourceBytes, destinationBytes}: FlowRecord): number {
  return destinationBytes >= 0 ? sourceBytes + destinationBytes : sourceBytes;
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function larger(values: Float64Array, places: number): Float64Array<ArrayBuffer> {
  const room = new Float64Array(places);
  room.set(values);
  return room;
}
