import {createHmac} from "node:crypto";
import {changeKey} from "../../../live/alert.js";
import {alertSentence} from "../../../live/alertSentence.js";
import {UsageError} from "../../usageError.js";
import {DeliveryFault, type Output, type Told} from "./output.js";

export interface WebhookOptions {
  /** What to sign with: any text, or bytes in base64 after `whsec_`; without it, nothing is signed. */
  readonly secret?: string;
  /** Milliseconds for an answer; 10 s by default. */
  readonly timeout?: number;
}

/**
 * Posts alerts as JSON, with the id, time and signature of Standard Webhooks 1.0
 * (https://github.com/standard-webhooks/standard-webhooks). An answer of 2xx is success; redirects are not followed. 4xx refuses the
 * alert, but for those that say that the address, the permission or the moment is wrong. At least once: the id is the same each time.
 */
export class Webhook implements Output {
  readonly kind = "webhook";
  readonly tells = "alerts";
  readonly identity: string;
  /** Scheme and host: the rest of the address is often a secret. */
  readonly name: string;
  private readonly url: URL;
  private readonly authorization: Record<string, string>;
  private readonly key: Buffer | null;

  /** Throws a UsageError on what is no address of HTTP and on a secret that cannot be read. */
  constructor(
    url: string,
    private readonly options: WebhookOptions = {}
  ) {
    this.url = parseUrl(url);
    this.identity = url;
    this.name = this.url.origin;
    this.authorization = basicAuthorization(this.url);
    // fetch refuses addresses that hold them.
    this.url.username = "";
    this.url.password = "";
    this.key = options.secret === undefined ? null : keyOf(options.secret);
  }

  async deliver([told]: readonly Told[], signal: AbortSignal): Promise<void> {
    const id = changeKey(told!.event);
    const body = webhookBody(told!);
    const timestamp = Math.floor(Date.now() / 1000);
    const headers: Record<string, string> = {
      ...this.authorization,
      "content-type": "application/json",
      "user-agent": "Eddy",
      "webhook-id": id,
      "webhook-timestamp": String(timestamp)
    };
    if (this.key !== null) headers["webhook-signature"] = sign(this.key, id, timestamp, body);
    const {timeout = 10_000} = this.options;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
    let response: Response;
    try {
      response = await fetch(this.url, {method: "POST", headers, body, redirect: "manual", signal: limit});
      await response.body?.cancel();
    } catch (error) {
      throw new DeliveryFault(connectionFault(error as Error, timeout));
    }
    if (!response.ok) throw answerFault(response);
  }

  async close(): Promise<void> {}
}

/** What is posted: the same for every attempt. Texts longer than 1,000 characters are cut. */
export function webhookBody({event, silenced}: Told): string {
  const {sequence, what, alert} = event;
  const data = {sequence, sentence: alertSentence(alert), silenced, alert};
  const message = {type: `alert.${what}`, timestamp: new Date(alert.changed).toISOString(), data};
  return JSON.stringify(message, (_, value) =>
    typeof value === "string" && value.length > 1000 ? `${value.slice(0, 999)}…` : value
  );
}

function parseUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed !== null && /^https?:$/.test(parsed.protocol)) return parsed;
  throw new UsageError(`invalid webhook (https://HOST/PATH): ${url}`);
}

function basicAuthorization({username, password}: URL): Record<string, string> {
  if (username === "" && password === "") return {};
  try {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return {authorization: `Basic ${Buffer.from(pair).toString("base64")}`};
  } catch {
    throw new UsageError("invalid escape in the user or password of the webhook");
  }
}

// The secret is not repeated in messages.
function keyOf(secret: string): Buffer {
  if (secret === "") throw new UsageError("empty webhook secret");
  if (!secret.startsWith("whsec_")) return Buffer.from(secret);
  const base64 = secret.slice(6);
  const key = Buffer.from(base64, "base64");
  if (key.length > 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return key;
  throw new UsageError("invalid webhook secret: expected base64 after whsec_");
}

function sign(key: Buffer, id: string, timestamp: number, body: string): string {
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

function connectionFault(error: Error, timeout: number): string {
  if (error.name === "TimeoutError") return `no answer within ${timeout / 1000} s`;
  const {cause} = error as {cause?: NodeJS.ErrnoException};
  return `cannot be reached (${cause?.code ?? cause?.message ?? error.message})`;
}

function answerFault({status, headers}: Response): DeliveryFault {
  const wait = retryAfter(headers.get("retry-after"));
  if (status >= 300 && status < 400) return new DeliveryFault(`answers with a redirect (HTTP ${status})`, {wait});
  const isRefused = status >= 400 && status < 500 && !otherwiseWrong.has(status);
  return new DeliveryFault(`${isRefused ? "refuses the alert" : "answers"} (HTTP ${status})`, {wait, isRefused});
}

// Who asks, where, or when is wrong, not what: an operator may put it right.
const otherwiseWrong = new Set([401, 403, 404, 405, 407, 408, 410, 421, 425, 429]);

/** Milliseconds of a Retry-After in seconds or as a date. */
function retryAfter(text: string | null): number | undefined {
  if (text === null) return undefined;
  const milliseconds = /^\d{1,9}$/.test(text) ? 1000 * Number(text) : Date.parse(text) - Date.now();
  return milliseconds > 0 ? milliseconds : undefined;
}
