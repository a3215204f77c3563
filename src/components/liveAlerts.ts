import type {Alert, AlertEvent} from "../lib/live/alert.js";

/** An alert as of its latest change that is known here. */
export interface KnownAlert {
  readonly alert: Alert;
  readonly sequence: number;
}

/**
 * The newest alerts, folded from changes of them: each alert once, as of its latest change, however often and in whatever
 * order these come. Of more than `most`, those that were raised first are forgotten.
 */
export class LiveAlerts {
  readonly #most: number;
  readonly #known = new Map<string, KnownAlert>();
  #newestFirst: KnownAlert[] = [];
  #last = 0;

  constructor(most = 500) {
    this.#most = most;
  }

  /** The greatest sequence that has come; 0 before the first. */
  get last(): number {
    return this.#last;
  }

  get size(): number {
    return this.#known.size;
  }

  /** Takes a change; false if it, or a later one of the same alert, is known already. */
  take({alert, sequence}: AlertEvent): boolean {
    this.#last = Math.max(this.#last, sequence);
    const before = this.#known.get(alert.id);
    if (before !== undefined && before.sequence >= sequence) return false;
    const known = {alert, sequence};
    this.#known.set(alert.id, known);
    if (before !== undefined) this.#remove(before);
    this.#insert(known);
    if (this.#newestFirst.length > this.#most) this.#known.delete(this.#newestFirst.pop()!.alert.id);
    return true;
  }

  find(id: string): KnownAlert | null {
    return this.#known.get(id) ?? null;
  }

  /** At most `count` alerts, those raised last first. */
  newest(count: number): readonly KnownAlert[] {
    return this.#newestFirst.slice(0, count);
  }

  clear(): void {
    this.#known.clear();
    this.#newestFirst = [];
    this.#last = 0;
  }

  #insert(known: KnownAlert): void {
    const alerts = this.#newestFirst;
    let at = 0;
    while (at < alerts.length && comesBefore(alerts[at]!.alert, known.alert)) ++at;
    alerts.splice(at, 0, known);
  }

  #remove(known: KnownAlert): void {
    this.#newestFirst.splice(this.#newestFirst.indexOf(known), 1);
  }
}

// An alert keeps its place while it changes.
function comesBefore(a: Alert, b: Alert): boolean {
  return a.raised > b.raised || (a.raised === b.raised && a.id < b.id);
}
