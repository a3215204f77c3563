import {describeRule} from "../evaluation/threshold.js";
import {type Forest, openForest} from "../forest/forest.js";
import {defaultPreset, type ForestOptions} from "../forest/parameters.js";
import {InputError} from "../inputError.js";
import {availableFeatures} from "../traffic/availableFeatures.js";
import {featureSources} from "../traffic/featureColumn.js";
import type {RowKind} from "../traffic/ingest.js";
import type {LiveRows} from "../traffic/liveRows.js";
import {type Table, takeRows} from "../traffic/table.js";
import type {Reason} from "./alert.js";
import {textIn} from "./cells.js";
import {copyOf} from "./copyOf.js";
import {driftOf} from "./drift.js";
import {type LiveModelOptions, type LiveModelSettings, settingsOf} from "./liveModelOptions.js";
import type {ModelState} from "./liveState.js";
import {networkOf} from "./networkOf.js";
import {reasonsOf} from "./reasons.js";
import {type SavedWindow, TrainingWindow} from "./trainingWindow.js";
import {scoreTable, type TrainedModel, type TrainingRequest, withFewTexts} from "./trainModel.js";

export type {LiveModelOptions} from "./liveModelOptions.js";

/** Trains a model, elsewhere or here; the same request must give the same model. */
export type Train = (request: TrainingRequest) => Promise<TrainedModel>;

/**
 * A model that lives on the traffic that it judges. All that it does follows from the rows and their clock: a training that
 * is due at a clock gets the rows before it, and its model comes into force at a clock that is fixed when it begins,
 * 30 seconds later, for which `advance` waits; a first model comes into force at once.
 *
 * Who drives it takes rows in order and for each of them: `advance` where its clock has reached `changesAt`; `score`, which
 * may be done for many rows at a time as long as their clocks are below `changesAt`; `learn`, also of rows that grow.
 *
 * What teaches: final rows that are no alerts, of which no network has more than its share, and which are not far from what
 * the reference has learned. The reference is the given model, or the first model of a whole window; until there is one,
 * each model is learned from all that the one before has not flagged, as the first rows of all are too few to judge by.
 * A row is far from it that it scores higher than all but one in a hundred of its own rows. So whoever raises his rate bit
 * by bit, each time below the threshold, reaches no further than this. The price: traffic that changes for good, such as
 * after a new site, does not teach either; drift then shows it, rows are left out as far, and the remedy is to start afresh.
 * What is there during the first window is taken for genuine, as far as it stays below the threshold.
 */
export class LiveModel {
  /** Counts models from 1; 0 before the first. */
  generation = 0;
  /** What a row must exceed to be flagged; null before it is known. */
  threshold: number | null = null;
  /** The rule that chose the threshold, in words. */
  rule: string;
  private readonly settings: LiveModelSettings;
  private readonly window: TrainingWindow;
  private model: InForce | null = null;
  private reference: InForce | null = null;
  private isSettled = false;
  private since: number | null = null;
  private nextAt = Number.POSITIVE_INFINITY;
  /** Whose rows the model has flagged since it came into force, while the window is young. */
  private alerted = new Set<number>();
  private wanted: number;
  private learned = 0;
  private pending: Pending | null = null;
  private far: {rows: LiveRows; score: Float64Array} | null = null;

  /** Throws an InputError on a model that sees other columns than such rows have, a RangeError on other options. */
  constructor(
    private readonly kind: RowKind,
    options: LiveModelOptions,
    private readonly train: Train
  ) {
    const settings = settingsOf(kind, options);
    this.settings = settings;
    this.wanted = settings.warmUp;
    this.rule = this.describe();
    this.window = new TrainingWindow(settings.columns, settings.window, settings.warmUp, settings.seed);
    if (settings.model === null) return;
    this.model = {forest: settings.model, trained: null};
    this.generation = 1;
    if (settings.rule?.rule === "fixed") this.threshold = settings.rule.value;
  }

  /** Whether rows are judged. */
  get isWatching(): boolean {
    return this.model !== null && this.threshold !== null;
  }

  /** The columns that `score` needs, each once; none before there is a model. */
  get columns(): readonly string[] {
    return this.model === null ? [] : featureSources(this.model.forest.features);
  }

  /** The clock at which something changes next: rows of that clock or later are judged after `advance`; Infinity if never. */
  get changesAt(): number {
    return this.pending?.at ?? this.nextAt;
  }

  /** Does what is due at this clock; waits for a model whose time has come. */
  async advance(clock: number): Promise<void> {
    const {interval} = this.settings;
    while (clock >= this.changesAt) {
      if (this.pending !== null) await this.change(this.pending);
      else if (this.learned > 0) this.request(this.nextAt, this.nextAt + delay);
      else this.nextAt += interval * (Math.floor((clock - this.nextAt) / interval) + 1);
    }
  }

  /** The scores of rows under the present model. */
  score(table: Table): Float64Array {
    if (this.model === null) throw new Error("expected a model, got none yet");
    return scoreTable(this.model.forest, table);
  }

  /**
   * Takes a row that was judged: its score, null while nothing is watched, and whether it or its session is an alert. Every
   * row is taken, in order, also those of sessions that grow.
   */
  learn(rows: LiveRows, row: number, score: number | null, isAlert: boolean): void {
    const {window} = this;
    const {table} = rows;
    const clock = rows.clock[row]!;
    if (clock >= this.changesAt) throw new Error(`expected to advance before a row of the clock: ${clock}`);
    const network = networkOf(textIn(table, "client", row));
    window.peak(table, row, {score: this.isWatching ? score : null, subject: rows.subject[row]!, network, clock});
    if (score !== null && score > this.threshold! && !this.isSettled) this.hasten(rows.subject[row]!, clock);
    if (rows.isFinal[row] === 0) return;
    if (this.reference?.trained != null) window.count(this.reference.trained.drift, table, row, clock);
    if (isAlert) window.leaveOut("alerts", clock);
    else if (this.isFar(rows, row, score)) window.leaveOut("far from the first models", clock);
    else {
      window.teach(table, row, network, clock);
      ++this.learned;
    }
    if (this.model?.trained == null && this.pending === null && window.rows >= this.wanted) this.request(clock, clock);
  }

  /** What made the row’s score high, the weightiest first; none before the model’s rows are known. */
  reasons(table: Table, row: number): Reason[] {
    if (this.model?.trained == null) return [];
    return reasonsOf(this.model.forest, this.model.trained.profile, table, row);
  }

  state(): ModelState {
    const {model, reference, window, settings} = this;
    const {rows} = window;
    const isFirst = model?.trained == null;
    return {
      phase: this.isWatching ? "watching" : window.from === null ? "waiting" : "warming up",
      gathered: Math.min(rows, this.wanted),
      needed: this.wanted,
      generation: this.generation,
      since: this.since,
      isRetraining: this.pending !== null,
      nextAt: isFirst || this.nextAt === Number.POSITIVE_INFINITY ? null : this.nextAt,
      preset: settings.forest?.preset ?? (settings.model === null ? defaultPreset : "of the given model"),
      features: model?.forest.features ?? settings.features ?? [],
      rule: this.rule,
      threshold: this.threshold,
      budget: settings.rule === null ? settings.budget : null,
      window: {hours: settings.window / hour, rows, leftOut: window.leftOut()},
      drift:
        reference?.trained == null
          ? null
          : driftOf(reference.trained.drift, reference.forest.features, window.counts(reference.trained.drift))
    };
  }

  /** All of it as plain data that is nobody else’s. */
  save(): SavedModel {
    const {kind, settings, generation, threshold, rule, isSettled, since, nextAt, wanted, learned, pending} = this;
    return {
      kind,
      columns: settings.columns,
      generation,
      threshold,
      rule,
      model: savedModel(this.model),
      reference: this.reference === this.model ? "the model" : savedModel(this.reference),
      isSettled,
      since,
      nextAt,
      alerted: [...this.alerted],
      wanted,
      learned,
      pending: pending === null ? null : {request: pending.request, dueAt: pending.dueAt, at: pending.at},
      window: this.window.save()
    };
  }

  /** Goes on from what another of the same options has saved; a training that was under way is asked for again. */
  restore(state: unknown): void {
    const saved = state as SavedModel;
    if (saved.kind !== this.kind || saved.columns.join() !== this.settings.columns.join()) {
      throw new InputError(`saved state of other features: ${saved.columns.join(", ")}`);
    }
    this.generation = saved.generation;
    this.threshold = saved.threshold;
    this.rule = saved.rule;
    this.model = restoredModel(saved.model);
    this.reference = saved.reference === "the model" ? this.model : restoredModel(saved.reference);
    this.isSettled = saved.isSettled;
    this.since = saved.since;
    this.nextAt = saved.nextAt;
    this.alerted = new Set(saved.alerted);
    this.wanted = saved.wanted;
    this.learned = saved.learned;
    this.window.restore(saved.window);
    this.far = null;
    this.pending = saved.pending === null ? null : this.begun(copyOf(saved.pending));
  }

  private isFar(rows: LiveRows, row: number, score: number | null): boolean {
    const {reference} = this;
    if (!this.isSettled || reference?.trained == null || !this.settings.anchored) return false;
    if (reference === this.model && score !== null) return score > reference.trained.bound;
    if (this.far?.rows !== rows) {
      // Final rows are scored together, as each call takes as long as four rows.
      const final = Array.from(rows.isFinal.keys()).filter((i) => rows.isFinal[i] === 1);
      const all = new Float64Array(rows.table.rows);
      for (const [i, s] of scoreTable(reference.forest, takeRows(rows.table, final)).entries()) all[final[i]!] = s;
      this.far = {rows, score: all};
    }
    return this.far.score[row]! > reference.trained.bound;
  }

  private request(dueAt: number, at: number): void {
    const {window, model, settings} = this;
    const {rule, budget} = settings;
    const isGiven = settings.model !== null && model?.trained == null;
    const {rows: taught, weight} = window.sample();
    const rows = withFewTexts(taught);
    const features = isGiven ? settings.model!.features : this.chosenFeatures(rows);
    if (features.length === 0) {
      // Rows that are all the same teach nothing; so many more are needed.
      this.wanted += settings.warmUp;
      return;
    }
    // An hour’s alerts at least: in a few minutes, a few attackers would be all of a budget, and hide those who follow.
    const hours = Math.max(1, (dueAt - window.from!) / hour);
    this.learned = 0;
    this.pending = this.begun({
      dueAt,
      at,
      request: {
        rows,
        weight,
        features,
        forest: this.forestOptions(),
        model: isGiven ? settings.model!.buffer : null,
        peaks: window.peaks(),
        rule: rule?.rule === "alerts" ? null : rule,
        alerts: (rule?.rule === "alerts" ? rule.perDay / 24 : budget) * hours,
        pause: this.kind === "flows" ? hostPause : null,
        before: this.threshold
      }
    });
  }

  private begun(pending: Omit<Pending, "trained">): Pending {
    const trained = this.train(pending.request);
    // Who waits for it is told of its failure; until then nobody may be there.
    trained.catch(() => {});
    return {...pending, trained};
  }

  // The models of a window that is not full know too little, such as few long sessions: one that gives more than twice its
  // budget is replaced after five minutes. Later, many alerts tell of the traffic, and not of the model.
  private hasten(subject: number, clock: number): void {
    const {rule, budget, interval} = this.settings;
    if (rule !== null || interval === Number.POSITIVE_INFINITY) return;
    if (this.since === null || this.pending !== null || this.learned === 0) return;
    const passed = clock - this.since;
    const most = (2 * budget * passed) / hour + 10;
    if (this.alerted.size <= most) this.alerted.add(subject);
    if (this.alerted.size > most && passed >= 5 * minute) this.nextAt = Math.min(this.nextAt, clock);
  }

  private async change({dueAt, at, trained, request}: Pending): Promise<void> {
    const result = await trained;
    const {interval, window: length} = this.settings;
    const {peakScore, ...kept} = result;
    const isFirst = this.model?.trained == null;
    if (!this.isWatching) this.window.rescore(peakScore);
    this.model = {forest: openForest(result.forest), trained: kept};
    if (request.model === null) ++this.generation;
    this.threshold = result.threshold;
    this.rule = this.describe(result.noAnswer, request.before !== null);
    this.since = at;
    this.pending = null;
    const age = at - (this.window.from ?? at);
    if (!this.isSettled) {
      this.reference = this.model;
      this.window.clearCounts();
      this.isSettled = request.model !== null || age >= length;
    }
    // A young model is made of few rows: until the window is as long as the interval, it doubles from model to model.
    const young = Math.max(minute, Math.ceil(age));
    const next = interval <= minute || interval === Number.POSITIVE_INFINITY ? interval : Math.min(interval, young);
    this.nextAt = (isFirst ? Math.ceil(at) : dueAt) + next;
    this.alerted.clear();
  }

  /** Of the first models, what their rows have; then they stay, so that models can be compared. */
  private chosenFeatures(rows: Table): readonly string[] {
    const {settings, kind, model} = this;
    if (settings.features !== null) return settings.features;
    if (model !== null && this.isSettled) return model.forest.features;
    const {features} = availableFeatures(rows, kind);
    return features.length === 0 && model !== null ? model.forest.features : features;
  }

  private forestOptions(): ForestOptions {
    const {forest, model, seed} = this.settings;
    return {...(forest ?? model?.parameters), seed: seed + this.generation};
  }

  private describe(noAnswer: string | null = null, isKept = false): string {
    const {rule, budget} = this.settings;
    const byBudget = `${budget} alerts an hour`;
    if (rule === null) return byBudget;
    const byRule = describeRule(rule);
    if (noAnswer === null) return byRule;
    return isKept ? `${byRule} (as before: ${noAnswer})` : `${byBudget} (${byRule}: ${noAnswer})`;
  }
}

/** A model in force; of a given one, nothing is known but its forest until rows have passed. */
interface InForce {
  readonly forest: Forest;
  readonly trained: Omit<TrainedModel, "peakScore"> | null;
}

/** A training that was asked for at the clock `dueAt`, and whose model comes into force at another. */
interface Pending {
  readonly request: TrainingRequest;
  readonly dueAt: number;
  readonly at: number;
  readonly trained: Promise<TrainedModel>;
}

interface SavedInForce {
  readonly forest: ArrayBuffer;
  readonly trained: InForce["trained"];
}

interface SavedModel {
  readonly kind: RowKind;
  readonly columns: readonly string[];
  readonly generation: number;
  readonly threshold: number | null;
  readonly rule: string;
  readonly model: SavedInForce | null;
  readonly reference: SavedInForce | "the model" | null;
  readonly isSettled: boolean;
  readonly since: number | null;
  readonly nextAt: number;
  readonly alerted: readonly number[];
  readonly wanted: number;
  readonly learned: number;
  readonly pending: Omit<Pending, "trained"> | null;
  readonly window: SavedWindow;
}

const minute = 60_000;
const hour = 60 * minute;

// Of the traffic; at live speed a model takes about a second.
const delay = 30_000;

// After which a host’s flagged flow is another alert.
const hostPause = 30 * minute;

function savedModel(model: InForce | null): SavedInForce | null {
  return model === null ? null : {forest: model.forest.buffer, trained: model.trained};
}

function restoredModel(saved: SavedInForce | null): InForce | null {
  return saved === null ? null : {forest: openForest(saved.forest), trained: copyOf(saved.trained)};
}
