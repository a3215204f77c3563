import type {AlertEvents} from "./alertEvents.js";
import type {LiveOptions} from "./liveOptions.js";
import {Delivery} from "./outputs/delivery.js";
import {JsonLines, JsonStream} from "./outputs/jsonLines.js";
import type {Output} from "./outputs/output.js";
import {Syslog} from "./outputs/syslog.js";
import {Webhook} from "./outputs/webhook.js";

/** All that options tell alerts to. Throws a UsageError on an address or a secret that is none. */
export function outputsOf({alerts, webhook, webhookSecret, syslog}: LiveOptions): Output[] {
  const outputs: Output[] = [];
  if (alerts !== undefined) outputs.push(alerts === "-" ? new JsonStream() : new JsonLines(alerts));
  if (webhook !== undefined) {
    outputs.push(new Webhook(webhook, {secret: webhookSecret ?? process.env.EDDY_WEBHOOK_SECRET}));
  }
  if (syslog !== undefined) outputs.push(new Syslog(syslog));
  return outputs;
}

/** Begins to tell them what is in the log of events, from where each was. */
export function openOutputs(
  outputs: readonly Output[],
  events: AlertEvents,
  {folder, silence, warn}: {folder: string; silence: number | undefined; warn: (message: string) => void}
): Promise<Delivery[]> {
  return Promise.all(outputs.map((output) => Delivery.open(output, events, {folder, silence, warn})));
}
