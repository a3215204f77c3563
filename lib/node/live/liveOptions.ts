import {createHash} from "node:crypto";
import {resolve} from "node:path";
import type {ThresholdRule} from "../../evaluation/threshold.js";
import {formatRule} from "../../evaluation/threshold.js";
import {declarationOf} from "../../evaluation/thresholdRules.js";
import type {ForestOptions} from "../../forest/parameters.js";
import type {RowKind} from "../../traffic/ingest.js";
import type {SessionOptions} from "../../traffic/sessions.js";
import {UsageError} from "../usageError.js";

/** What `eddy live` is told, as its options have it. */
export interface LiveOptions {
  /** Logs and folders of logs; `-` is the standard input. */
  readonly logs: readonly string[];
  /** Where to take NetFlow, as `host:port`. */
  readonly netflow?: readonly string[];
  readonly from?: "start" | "end";
  readonly replay?: boolean;
  /** Times as fast as it happened; as fast as it goes unless given. */
  readonly speed?: number;
  readonly rows?: RowKind;
  readonly sessions?: SessionOptions;
  /** Minutes. */
  readonly late?: number;
  readonly forest?: ForestOptions;
  readonly features?: readonly string[];
  /** A file of a forest. */
  readonly model?: string;
  readonly warmUp?: number;
  /** Hours. */
  readonly window?: number;
  /** Minutes, 0 never. */
  readonly retrain?: number;
  /** Alerts an hour. */
  readonly budget?: number;
  readonly threshold?: ThresholdRule;
  readonly places?: boolean;
  /** Folder of what is kept. */
  readonly state?: string;
  readonly fresh?: boolean;
  /** Seconds. */
  readonly checkpoint?: number;
  readonly alerts?: string;
  readonly webhook?: string;
  readonly webhookSecret?: string;
  readonly syslog?: string;
  /** Minutes. */
  readonly silence?: number;
  readonly host?: string;
  readonly port?: string;
  readonly token?: string;
  readonly site?: boolean;
  readonly exit?: boolean;
}

/** Throws a UsageError where options do not go together. */
export function checkLiveOptions(options: LiveOptions): void {
  const {logs, netflow = [], replay = false, speed, threshold, budget, features, forest, model, from} = options;
  const {webhook, webhookSecret, syslog, silence} = options;
  if (logs.length === 0 && netflow.length === 0) {
    throw new UsageError("missing source: --tail LOG, --netflow HOST:PORT, or - for the standard input");
  }
  if (logs.filter((log) => log === "-").length > 1) throw new UsageError("the standard input can be read only once");
  const again = logs.find((log, i) => logs.slice(0, i).some((other) => resolve(other) === resolve(log)));
  if (again !== undefined) throw new UsageError(`a log is given twice: ${again}`);
  if (speed !== undefined && !replay) throw new UsageError("--speed goes with --replay");
  if (replay && netflow.length > 0) throw new UsageError("--replay takes logs and captures, not --netflow");
  if (replay && from === "end") throw new UsageError("--replay reads from the start, not --from end");
  if (threshold !== undefined && budget !== undefined)
    throw new UsageError("--threshold and --budget exclude each other");
  if (threshold !== undefined && declarationOf(threshold.rule).needs === "labels") {
    throw new UsageError(`--threshold ${formatRule(threshold)} needs labels, and what happens now has none`);
  }
  if (webhookSecret !== undefined && webhook === undefined)
    throw new UsageError("--webhook-secret goes with --webhook");
  if (silence !== undefined && webhook === undefined && syslog === undefined) {
    throw new UsageError("--silence goes with --webhook or --syslog");
  }
  const grown = Object.values(forest ?? {}).some((value) => value !== undefined);
  if (model !== undefined && (features !== undefined || grown) && options.retrain === 0) {
    throw new UsageError("--model with --retrain 0 grows no forest, so it takes no options of one");
  }
}

/** A folder for what is kept of these sources, beneath `.eddy`. */
export function defaultStateFolder({logs, netflow = []}: LiveOptions): string {
  const sources = [...logs.map((log) => (log === "-" ? log : resolve(log))), ...netflow].sort();
  return resolve(".eddy", `live-${createHash("sha256").update(JSON.stringify(sources)).digest("hex").slice(0, 8)}`);
}

/** What changes the alerts of the same traffic, by the names that users know. */
export function meaningOf(options: LiveOptions, model: string | null): Record<string, unknown> {
  const {sessions = {}, forest = {}, features, rows, late, warmUp, window, retrain, budget, threshold, from} = options;
  return {
    "--rows": rows,
    "--from": from,
    "--pause": sessions.pause,
    "--forwarded": sessions.forwarded,
    "--late": late,
    "--features": features,
    "--preset": forest.preset,
    "--trees": forest.trees,
    "--sample-size": forest.sampleSize,
    "--dims": forest.dims,
    "--seed": forest.seed,
    "--model": model ?? undefined,
    "--warm-up": warmUp,
    "--window": window,
    "--retrain": retrain,
    "--budget": budget,
    "--threshold": threshold === undefined ? undefined : formatRule(threshold)
  };
}
