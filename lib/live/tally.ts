import type {RowKind} from "../traffic/ingest.js";
import type {LiveRows} from "../traffic/liveRows.js";
import type {AlertPlace} from "./alert.js";
import {ArrivalPlaces} from "./arrivalPlaces.js";
import {HostsSeen} from "./hostsSeen.js";
import {Minutes} from "./minutes.js";
import {WatchedRows} from "./watchedRows.js";

/** Keeps count of what is watched, in memory that does not grow. */
export class Tally {
  /** Records taken, those of them that came too late, and those left out as their times lie ahead. */
  records = 0;
  late = 0;
  ahead = 0;
  readonly minutes = new Minutes();
  readonly watched = new WatchedRows();
  readonly arrivals = new ArrivalPlaces();
  readonly hosts = new HostsSeen();

  constructor(private readonly kind: RowKind) {}

  addRecord(clock: number, isLate: boolean): void {
    ++this.records;
    if (isLate) ++this.late;
    if (Number.isFinite(clock)) this.minutes.addRecord(clock);
  }

  /** Takes a row; its score is NaN where nothing judged it. Returns whether it is the first flow of a host. */
  addRow(rows: LiveRows, row: number, score: number): boolean {
    const clock = rows.clock[row]!;
    const subject = rows.subject[row]!;
    const isNewHost = this.kind === "flows" && Number.isFinite(clock) && this.hosts.add(subject, clock);
    const isOver = this.kind === "sessions" && rows.isFinal[row] === 1;
    if (isOver) this.watched.remove(subject);
    if (Number.isNaN(score)) return isNewHost;
    this.minutes.addScore(clock, score);
    if (!isOver) this.watched.add(rows, row, score, clock - halfHour);
    return isNewHost;
  }

  addClient(place: AlertPlace | null, clock: number): void {
    if (place !== null) this.arrivals.addClient(place, clock);
  }

  addAlert(place: AlertPlace | null, clock: number): void {
    this.minutes.addAlert(clock);
    if (place !== null) this.arrivals.addAlert(place, clock);
  }
}

/** What was silent for so long is not watched any more. */
export const halfHour = 30 * 60_000;
