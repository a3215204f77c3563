import type {AlertEvents} from "./alertEvents.js";
import {Delivery} from "./outputs/delivery.js";
import {JsonLines, JsonStream} from "./outputs/jsonLines.js";
import type {Output} from "./outputs/output.js";
import {Syslog} from "./outputs/syslog.js";
import {Webhook} from "./outputs/webhook.js";

export interface OutputOptions {
  /** A file for every event as a line of JSON; `-` is the standard output. */
  readonly alerts?: string;
  /** An address of HTTP, and what to sign with. */
  readonly webhook?: string;
  readonly webhookSecret?: string;
  /** `udp://HOST:PORT` or `tcp://HOST:PORT`. */
  readonly syslog?: string;
  /** Minutes of silence about a client that the webhook or the syslog server was told of; 15 by default. */
  readonly silence?: number;
}

/**
 * Begins to tell alerts where options say; how far that is stands in the state folder. The secret of the webhook is otherwise that
 * of the environment variable EDDY_WEBHOOK_SECRET. Throws a UsageError on addresses that are none, and an InputError on a file
 * that must not be written to.
 */
export async function openOutputs(
  {alerts, webhook, webhookSecret, syslog, silence}: OutputOptions,
  events: AlertEvents,
  folder: string,
  warn?: (message: string) => void
): Promise<Delivery[]> {
  const outputs: Output[] = [];
  if (alerts !== undefined) outputs.push(alerts === "-" ? new JsonStream() : new JsonLines(alerts));
  if (webhook !== undefined) {
    const secret = webhookSecret ?? (process.env.EDDY_WEBHOOK_SECRET || undefined);
    outputs.push(new Webhook(webhook, {secret}));
  }
  if (syslog !== undefined) outputs.push(new Syslog(syslog));
  const deliveries: Delivery[] = [];
  for (const output of outputs) deliveries.push(await Delivery.open(output, events, {folder, silence, warn}));
  return deliveries;
}
