import {type RequestRecord, requestText} from "../formats/requestRecord.js";
import {LiveRowBuilder} from "./liveRowBuilder.js";
import type {LiveRows} from "./liveRows.js";
import {batchRows, type RowBuilder} from "./rowBuilder.js";
import {Addresses} from "./sessions/addresses.js";
import type {Agent} from "./sessions/agent.js";
import {Agents} from "./sessions/agents.js";
import {Arrivals} from "./sessions/arrivals.js";
import {ClientAddress, type Forwarded} from "./sessions/clientAddress.js";
import {ClientTable} from "./sessions/clientTable.js";
import {DueRows} from "./sessions/dueRows.js";
import {PathCounts} from "./sessions/pathCounts.js";
import {Recency} from "./sessions/recency.js";
import {fact, RequestFacts} from "./sessions/requestFacts.js";
import {SeenPaths} from "./sessions/seenPaths.js";
import {SessionSums} from "./sessions/sessionSums.js";
import {columnOf, sessionTable} from "./sessions/sessionTable.js";
import {Stated} from "./sessions/stated.js";
import {TextHash} from "./sessions/textHash.js";
import {textOf} from "./sessions/textOf.js";
import type {Table} from "./table.js";
import {TableBuilder} from "./tableBuilder.js";

export type {Forwarded} from "./sessions/clientAddress.js";

/** How requests become sessions. */
export interface SessionOptions {
  /** Minutes without a request after which a client’s next one begins a new session; 30 unless told. */
  readonly pause?: number;
  /**
   * What makes a client: its address and user agent, or its address alone. By address and agent, an address that has eight
   * sessions open of fewer than four requests each changes its agent all the time: further agents of it are one client.
   */
  readonly by?: "address and agent" | "address";
  /** Which address of X-Forwarded-For is the client’s; `ignore`, the default, takes the peer’s. */
  readonly forwarded?: Forwarded;
  /**
   * Minutes that a line may be late against the newest time before it; 5 unless told, and never more than the pause or an
   * hour. Within it the order of lines does not matter.
   */
  readonly tolerance?: number;
  /** Sessions that may be open at once; 131,072 unless told. Beyond that, the one that was silent longest is closed. */
  readonly mostOpen?: number;
  /** Whether rows come while sessions go on, from `takeLive`, instead of batches of closed ones from `take`; false unless told. */
  readonly live?: boolean;
  /** Seconds that live requests are held so that they come in the order of their times; 0 unless told, at most the tolerance. */
  readonly wait?: number;
}

/**
 * Makes sessions of the requests of logs: those of one client without a longer pause, as the times in the log have it. A
 * session becomes a row when nothing more can come within the pause and the tolerance, so that memory depends on open
 * sessions, not on the length of the log. Rows come in the order in which sessions close.
 *
 * A line that is later than the tolerance joins its client’s open session where it is in reach of it, and otherwise opens one
 * of its own time beside it; pauses and bursts take it as if it had come with the session’s last request. When all lines are
 * late, a hundred in a row or from the first of a further file on, the clock has gone back (the log of another server, files in
 * another order) and is followed; sessions out of its reach are closed. So a session is whole across files only where they
 * follow each other in time.
 *
 * Clients are told apart by a hash of 64 bits, paths by 32. Texts are cut at 500 bytes. Features of what no log has
 * stated when a batch is taken (status, method, referrer, agent) are missing in all of its rows.
 *
 * Live, a session also becomes a row whenever it is due (see `DueRows`), and requests count in the order in which they come:
 * within the tolerance, a late one joins its client’s open session as if it had come with the last, and a session stays open
 * for as long as late ones may reach it, so that agents of an address are counted together for longer. Where lines are late by
 * more than the wait, rows of closed sessions differ from those that are not live in pauses and bursts, in the first path, which is
 * of the page that came first, in what was new to the logs, and where a late line would have bridged a pause after which
 * its client has come again. What had not been stated when a row came is missing in it.
 */
export class Sessions implements RowBuilder {
  file = 0;
  /** The newest time of a request so far, UTC milliseconds; −∞ before the first. It never falls. */
  clock = Number.NEGATIVE_INFINITY;
  /** Told of the client of each session that begins. */
  onBegin: ((client: string) => void) | null = null;
  private readonly pause: number;
  private readonly tolerance: number;
  private readonly mostOpen: number;
  private readonly byAgent: boolean;
  private readonly address: ClientAddress;
  private readonly hash = new TextHash();
  private readonly facts = new RequestFacts();
  private readonly arrivals: Arrivals;
  private readonly clients = new ClientTable();
  private readonly addresses = new Addresses();
  private readonly sums = new SessionSums();
  private readonly paths = new PathCounts();
  private readonly seenPaths = new SeenPaths();
  private readonly open: Recency;
  private readonly stated = new Stated();
  private readonly agents = new Agents();
  private readonly rows = new TableBuilder(sessionTable);
  /** Where sessions are live: when they are due, and the rows that they become. */
  private readonly due: DueRows | null;
  private readonly liveRows: LiveRowBuilder | null;
  private readonly isAtOnce: boolean;

  /** Of each client: who it is, its session’s agents and texts, and how many of its requests wait. */
  private readonly names: (string | null)[] = [];
  private readonly addressOf: number[] = [];
  private readonly agentOf: Agent[] = [];
  private readonly otherAgents: (Set<string | null> | undefined)[] = [];
  private readonly agentsAtFirst: number[] = [];
  private readonly firstPath: (string | null)[] = [];
  private readonly host: (string | null)[] = [];
  private readonly waiting: number[] = [];
  /** The newest of its requests that arrived, and the earliest page among those that follow without a pause. */
  private readonly newestArrival: number[] = [];
  private readonly firstPage: number[] = [];

  /** The time of what was delivered last; it goes back only where the clock does. */
  private now = Number.NEGATIVE_INFINITY;
  private newestFile = 0;
  private lateInARow = 0;
  private isEnded = false;

  /** Throws a RangeError where an option is out of range. */
  constructor({
    pause = 30,
    by = "address and agent",
    forwarded = "ignore",
    tolerance = 5,
    mostOpen = 2 ** 17,
    live = false,
    wait = 0
  }: SessionOptions = {}) {
    if (!(pause > 0 && Number.isFinite(pause))) throw new RangeError(`invalid pause: ${pause}`);
    if (!(tolerance >= 0)) throw new RangeError(`invalid tolerance: ${tolerance}`);
    if (!(mostOpen >= 1)) throw new RangeError(`invalid number of open sessions: ${mostOpen}`);
    if (!(wait >= 0)) throw new RangeError(`invalid wait: ${wait}`);
    this.pause = pause * minute;
    this.tolerance = Math.min(tolerance, pause, 60) * minute;
    const held = live ? Math.min(1000 * wait, this.tolerance) : this.tolerance;
    this.isAtOnce = live && held === 0;
    this.due = live ? new DueRows() : null;
    this.liveRows = live ? new LiveRowBuilder(sessionTable) : null;
    this.open = new Recency(this.pause + this.tolerance - held);
    this.mostOpen = mostOpen;
    this.byAgent = by === "address and agent";
    this.address = new ClientAddress(forwarded);
    this.arrivals = new Arrivals(held, (entry) => this.deliver(entry));
  }

  /** Sessions that are open. */
  get openSessions(): number {
    return this.open.size;
  }

  request(record: RequestRecord): void {
    const {arrivals, facts} = this;
    const time = Number.isFinite(record.time) ? record.time : Math.max(0, arrivals.newest);
    if (time > this.clock) this.clock = time;
    this.followClock(time);
    facts.read(record);
    this.stated.add(record);
    arrivals.advance(time);
    if (arrivals.horizon > this.now) {
      this.now = arrivals.horizon;
      this.closeSilent();
    }
    const entry = arrivals.add();
    const isLate = arrivals.isLate(time);
    const client = this.clientOf(record, time, isLate);
    arrivals.set(entry, client, time, this.file, record, facts);
    this.keepTexts(record, entry, client, isLate);
    ++this.waiting[client]!;
    if (isLate || this.isAtOnce) arrivals.deliverNow(entry);
    else arrivals.wait(entry);
  }

  end(): void {
    this.arrivals.flush();
    while (this.open.size > 0) this.close(this.open.takeOldest());
    this.isEnded = true;
  }

  take(): Table | null {
    if (this.rows.rows === 0 || (this.rows.rows < batchRows && !this.isEnded)) return null;
    const table = this.rows.take(batchRows);
    this.stated.blank(table);
    return table;
  }

  /** Live rows that came since the last call, in order; null where there are none. They gather until they are taken. */
  takeLive(): LiveRows | null {
    return this.liveRows?.take() ?? null;
  }

  private followClock(time: number): void {
    const late = this.arrivals.newest - time;
    const isFirst = this.file > this.newestFile;
    if (isFirst) this.newestFile = this.file;
    if (!(late > this.tolerance)) {
      this.lateInARow = 0;
      return;
    }
    if (++this.lateInARow < goneBack && !(isFirst && late > this.pause + this.tolerance)) return;
    this.lateInARow = 0;
    this.arrivals.flush();
    this.arrivals.restart();
    this.now = time;
    const sessions = Array.from({length: this.open.size}, () => this.open.takeOldest());
    for (const session of sessions) {
      if (this.sums.reaches(session, time, this.pause)) this.open.add(session, time);
      else this.close(session);
    }
  }

  private clientOf(record: RequestRecord, time: number, isLate: boolean): number {
    const {address, hash, clients} = this;
    const {bytes, starts, ends} = record;
    address.read(record);
    hash.begin();
    if (this.byAgent) hash.add(bytes, starts[agentText]!, ends[agentText]!);
    hash.add(bytes, address.start, address.end);
    hash.end();
    const {low} = hash;
    let {high} = hash;
    let client = clients.find(low, high);
    if (client >= 0 && isLate && this.sums.isOpen(client) && !this.sums.reaches(client, time, this.pause)) {
      high ^= lateClient;
      client = clients.find(low, high);
    }
    return client >= 0 ? client : this.addClient(record, low, high);
  }

  private addClient(record: RequestRecord, low: number, high: number): number {
    const {bytes} = record;
    const client = this.clients.add(low, high);
    this.sums.reserve(client);
    this.due?.reserve(client);
    this.names[client] = textOf(bytes, this.address.start, this.address.end);
    this.agentOf[client] = this.agents.of(record);
    this.addressOf[client] = this.addressNumber(bytes);
    this.firstPath[client] = this.host[client] = null;
    this.waiting[client] = 0;
    this.newestArrival[client] = Number.NEGATIVE_INFINITY;
    this.firstPage[client] = Number.POSITIVE_INFINITY;
    return client;
  }

  private addressNumber(bytes: Uint8Array): number {
    const {hash, address} = this;
    hash.begin();
    hash.add(bytes, address.start, address.end);
    hash.end();
    return this.addresses.take(hash.low, hash.high);
  }

  // Bytes do not last until delivery: of what may turn out to be a session’s first page, the texts are kept.
  private keepTexts(record: RequestRecord, entry: number, client: number, isLate: boolean): void {
    const {bytes, starts, ends} = record;
    const time = this.arrivals.time(entry);
    if (time - this.newestArrival[client]! > this.pause) this.firstPage[client] = Number.POSITIVE_INFINITY;
    if (time > this.newestArrival[client]!) this.newestArrival[client] = time;
    if (!this.byAgent) this.arrivals.agent[entry] = this.agents.of(record);
    if (this.facts.bits & fact.asset || !(isLate || time < this.firstPage[client]!)) return;
    this.firstPage[client] = time;
    this.arrivals.target[entry] = textOf(bytes, starts[targetText]!, ends[targetText]!);
    this.arrivals.host[entry] = textOf(bytes, starts[hostText]!, ends[hostText]!);
  }

  private deliver(entry: number): void {
    const {arrivals, sums, open} = this;
    const sender = arrivals.client(entry);
    const time = arrivals.time(entry);
    if (time > this.now) {
      this.now = time;
      this.closeSilent();
    }
    --this.waiting[sender]!;
    const client = this.gathered(sender, time);
    const wasOpen = sums.isOpen(client);
    if (wasOpen && !sums.reaches(client, time, this.pause)) this.endSession(client);
    if (wasOpen) open.touch(client, this.now);
    else {
      if (open.size >= this.mostOpen) this.close(open.takeOldest());
      open.add(client, this.now);
    }
    const agent = this.byAgent ? this.agentOf[sender]! : arrivals.agent[entry]!;
    if (sums.isOpen(client)) this.addAgent(client, agent);
    else this.begin(client, agent, entry);
    this.addresses.addRequest(this.addressOf[client]!);
    if (arrivals.bits(entry) & fact.asset) sums.add(client, arrivals, entry, false, false);
    else {
      const path = arrivals.path(entry);
      sums.add(client, arrivals, entry, this.paths.add(client, path), !this.seenPaths.add(path));
      this.firstPath[client] ??= arrivals.target[entry]!;
      this.host[client] ??= arrivals.host[entry]!;
    }
    const {due} = this;
    if (due?.add(client, sums.requests(client), sums.last(client), arrivals.line(entry), arrivals.file(entry))) {
      this.addLiveRow(client, false);
    }
    if (client !== sender && this.waiting[sender] === 0) this.forget(sender);
  }

  // The client itself, or the one that gathers requests under ever other agents of its address.
  private gathered(client: number, time: number): number {
    if (!this.byAgent || this.sums.isOpen(client)) return client;
    const {addresses} = this;
    const address = this.addressOf[client]!;
    const gathering = addresses.gathers(address);
    if (gathering >= 0) return this.sums.reaches(gathering, time, this.pause) ? gathering : client;
    if (addresses.isChanging(address)) addresses.gather(address, client);
    return client;
  }

  private begin(client: number, agent: Agent, entry: number): void {
    const address = this.addressOf[client]!;
    this.sums.begin(client, this.arrivals, entry);
    this.due?.begin(client);
    this.onBegin?.(this.names[client]!);
    this.agentOf[client] = agent;
    this.addresses.addSession(address);
    this.agentsAtFirst[client] = this.addresses.agentsOf(address);
  }

  private addAgent(client: number, {text}: Agent): void {
    if (text === this.agentOf[client]!.text) return;
    let others = this.otherAgents[client];
    if (others === undefined) this.otherAgents[client] = others = new Set();
    if (others.has(text) || others.size >= mostAgentsOfSession) return;
    others.add(text);
    this.addresses.addAgent(this.addressOf[client]!);
  }

  private closeSilent(): void {
    for (let client = this.open.takeSilent(this.now); client >= 0; client = this.open.takeSilent(this.now)) {
      this.close(client);
    }
  }

  // Ends the session of a client, and forgets the client unless requests of it wait.
  private close(client: number): void {
    this.endSession(client);
    if (this.waiting[client] === 0) this.forget(client);
  }

  private forget(client: number): void {
    this.clients.remove(client);
    this.addresses.release(this.addressOf[client]!);
    this.names[client] = null;
  }

  private endSession(client: number): void {
    const {rows, paths, sums, addresses} = this;
    if (this.due !== null) this.addLiveRow(client, true);
    else this.write(client, paths.entropy(client, sums.pages(client)), rows, rows.add());
    addresses.endSession(
      this.addressOf[client]!,
      client,
      sums.requests(client),
      1 + (this.otherAgents[client]?.size ?? 0)
    );
    sums.close(client);
    paths.remove(client);
    this.firstPath[client] = this.host[client] = null;
    this.otherAgents[client] = undefined;
  }

  private addLiveRow(client: number, isFinal: boolean): void {
    const {paths, sums, clock} = this;
    const due = this.due!;
    const {rows} = this.liveRows!;
    const row = this.liveRows!.add({
      subject: due.subject(client),
      clock,
      isFinal,
      line: due.line(client),
      file: due.file(client)
    });
    const pages = sums.pages(client);
    this.write(client, isFinal ? paths.entropy(client, pages) : paths.entropySoFar(client, pages), rows, row);
    this.stated.blankRow(rows, row);
  }

  private write(client: number, entropy: number, rows: TableBuilder, row: number): void {
    const agent = this.agentOf[client]!;
    rows.setText(columnOf.client, row, this.names[client]!);
    rows.setText(columnOf.user_agent, row, agent.text);
    rows.setText(columnOf.first_path, row, this.firstPath[client]!);
    rows.setText(columnOf.host, row, this.host[client]!);
    const agents = Math.max(this.agentsAtFirst[client]!, this.addresses.agentsOf(this.addressOf[client]!));
    rows.setNumber(columnOf.agents_of_address, row, agents);
    this.sums.write(client, agent, entropy, this.stated.hasReferrers, rows, row);
  }
}

const {target: targetText, agent: agentText, host: hostText} = requestText;
const minute = 60_000;

/** So many late lines in a row, and the clock has gone back. */
const goneBack = 100;

/** Tells what a client sends late from what it sends in time. */
const lateClient = 0x5bd1e995;

/** Distinct agents that one session counts. */
const mostAgentsOfSession = 1000;
