import type {RowKind} from "../traffic/ingest.js";
import type {LiveRows} from "../traffic/liveRows.js";
import type {Table} from "../traffic/table.js";
import type {Alert, AlertChange, AlertChanged, AlertPlace, Reason} from "./alert.js";
import {AlertIds} from "./alertIds.js";
import {numberIn, textIn, valuesIn} from "./cells.js";

/** What judges rows, as of the row that is judged. */
export interface Judge {
  readonly threshold: number | null;
  readonly rule: string;
  readonly generation: number;
  reasons(table: Table, row: number): Reason[];
}

/**
 * Makes alerts of rows above the threshold and follows them to their end.
 *
 * An alert is one session, from the first of its rows that is above the threshold to its final row; or one host’s run of
 * flagged flows, until none has come for 30 minutes. It grows when its score has risen by 0.02 or its records have doubled
 * since its last change. Its score is the highest so far: a session that becomes ordinary after it was flagged stays an
 * alert. Reasons are those of the latest change whose row was above the threshold.
 *
 * At most 10,000 are open; beyond that, the one that was flagged longest ago is closed, and a session or host of which
 * more comes above the threshold then raises another.
 */
export class Alerts {
  /** Alerts raised so far. */
  raised = 0;
  private readonly ids = new AlertIds();
  /** Of subjects; those that were flagged longest ago come first. */
  private readonly bySubject = new Map<number, OpenAlert>();
  /** No alert ends by silence before this clock. */
  private silentFrom = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly kind: RowKind,
    private readonly judge: () => Judge,
    private readonly place: (table: Table, row: number) => AlertPlace | null,
    private readonly fileName: (file: number) => string
  ) {}

  /** Alerts that are open. */
  get open(): number {
    return this.bySubject.size;
  }

  /** The id of a subject’s open alert, null where it has none. */
  idOf(subject: number): string | null {
    return this.bySubject.get(subject)?.alert.id ?? null;
  }

  /** Takes a row of this score, NaN where nothing judged it; returns whether its session or host has one. */
  follow(rows: LiveRows, row: number, score: number, changes: AlertChanged[]): boolean {
    const {threshold} = this.judge();
    const subject = rows.subject[row]!;
    const isFlagged = threshold !== null && score > threshold;
    let open = this.bySubject.get(subject);
    if (open === undefined && !isFlagged) return false;
    if (open === undefined) open = this.raise(rows, row, score, threshold!, changes);
    else this.grow(open, rows, row, score, isFlagged, changes);
    if (isFlagged) this.touch(subject, open, rows.clock[row]!);
    if (this.kind === "sessions" && rows.isFinal[row] === 1) this.close(subject, open, rows.clock[row]!, changes);
    return true;
  }

  /** Closes what ends by silence: of hosts, alerts without a flagged flow in the 30 minutes before this clock. */
  closeSilent(clock: number, changes: AlertChanged[]): void {
    if (this.kind === "sessions" || clock < this.silentFrom) return;
    this.silentFrom = clock + silence;
    for (const [subject, open] of this.bySubject) {
      const end = open.flagged + silence;
      if (end > clock) {
        this.silentFrom = end;
        return;
      }
      this.close(subject, open, end, changes);
    }
  }

  /** Closes all. */
  end(clock: number, changes: AlertChanged[]): void {
    for (const [subject, open] of this.bySubject) this.close(subject, open, clock, changes);
  }

  private raise(rows: LiveRows, row: number, score: number, threshold: number, changes: AlertChanged[]): OpenAlert {
    const {table} = rows;
    const {rule, generation} = this.judge();
    const raised = rows.clock[row]!;
    if (this.bySubject.size >= mostOpen) {
      const [subject, open] = this.bySubject.entries().next().value!;
      this.close(subject, open, raised, changes);
    }
    const client = textIn(table, "client", row) ?? "";
    const time = numberIn(table, "timestamp", row);
    const began = Number.isFinite(time) ? time : raised;
    const records = this.recordsOf(undefined, table, row);
    const alert: Alert = {
      id: this.ids.take([this.kind, client, textIn(table, "user_agent", row), began], raised),
      rows: this.kind,
      status: "open",
      client,
      began,
      raised,
      changed: raised,
      score,
      threshold,
      rule,
      model: generation,
      file: this.fileName(rows.file[row]!),
      line: rows.line[row]!,
      reasons: this.reasons(table, row),
      values: valuesIn(table, row),
      place: this.place(table, row),
      history: [{what: "raised", time: raised, score, records}]
    };
    ++this.raised;
    changes.push({what: "raised", alert});
    return {alert, records, highest: score, flagged: raised};
  }

  private grow(
    open: OpenAlert,
    {table, clock, isFinal}: LiveRows,
    row: number,
    score: number,
    isFlagged: boolean,
    changes: AlertChanged[]
  ): void {
    if (score > open.highest) open.highest = score;
    if (this.kind === "flows" && !isFlagged) return;
    open.records = this.recordsOf(open, table, row);
    const isLast = this.kind === "sessions" && isFinal[row] === 1;
    const before = open.alert.history.at(-1)!.records;
    if (!isLast && open.highest < open.alert.score + leastRise && open.records < 2 * before) return;
    const values = valuesIn(table, row);
    const reasons = isFlagged ? this.reasons(table, row) : open.alert.reasons;
    open.alert = {...open.alert, values, reasons};
    if (!isLast) change(open, "grew", clock[row]!, changes);
  }

  private reasons(table: Table, row: number): Reason[] {
    return this.judge().reasons(table, row).slice(0, mostReasons);
  }

  private recordsOf(open: OpenAlert | undefined, table: Table, row: number): number {
    return this.kind === "sessions" ? numberIn(table, "requests", row) : (open?.records ?? 0) + 1;
  }

  private touch(subject: number, open: OpenAlert, clock: number): void {
    open.flagged = clock;
    this.bySubject.delete(subject);
    this.bySubject.set(subject, open);
  }

  private close(subject: number, open: OpenAlert, time: number, changes: AlertChanged[]): void {
    change(open, "closed", time, changes);
    this.bySubject.delete(subject);
  }
}

interface OpenAlert {
  /** As of its latest change. */
  alert: Alert;
  /** Requests, or flagged flows, and the highest score by now. */
  records: number;
  highest: number;
  /** The clock when a row of it was above the threshold last. */
  flagged: number;
}

function change(open: OpenAlert, what: AlertChange, time: number, changes: AlertChanged[]): void {
  const {alert, records, highest} = open;
  const [first, ...rest] = alert.history;
  const history = [first!, ...rest.slice(2 - mostHistory), {what, time, score: highest, records}];
  const status = what === "closed" ? "closed" : "open";
  open.alert = {...alert, status, changed: time, score: highest, history};
  changes.push({what, alert: open.alert});
}

const silence = 30 * 60_000;
const leastRise = 0.02;
const mostOpen = 10_000;
const mostReasons = 5;
const mostHistory = 20;
