import {once} from "node:events";
import {createServer, type IncomingHttpHeaders, type Server, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {Webhook as Reference} from "standardwebhooks";
import {expect, it, onTestFinished} from "vitest";
import {changeKey} from "../../../../lib/live/alert.js";
import {Delivery} from "../../../../lib/node/live/outputs/delivery.js";
import {DeliveryFault, type Told} from "../../../../lib/node/live/outputs/output.js";
import {Webhook, type WebhookOptions} from "../../../../lib/node/live/outputs/webhook.js";
import {UsageError} from "../../../../lib/node/usageError.js";
import {change} from "../alerts.js";
import {eventually} from "../eventually.js";
import {emptyFolder} from "../folders.js";
import {openLog} from "../openLog.js";

const secret = `whsec_${Buffer.from("0123456789abcdefghijklmn").toString("base64")}`;

it("Webhook posts an alert as JSON that Standard Webhooks verifies", async () => {
  for (const [own, reference] of [
    [secret, new Reference(secret)],
    ["plain text of ours", new Reference("plain text of ours", {format: "raw"})]
  ] as const) {
    const {url, requests} = await receiver();
    await deliver(url, {secret: own}, 3);
    const [{headers, body, method, path}] = requests as [Request];
    expect([method, path, headers["content-type"]]).toEqual(["POST", "/hook?a=1", "application/json"]);
    expect(headers["webhook-id"]).toBe(changeKey(change(7)));
    const message = reference.verify(body, headers as Record<string, string>);
    expect(message).toMatchObject({
      type: "alert.raised",
      timestamp: "2026-01-05T00:00:07.000Z",
      data: {sequence: 7, silenced: 3, sentence: "10.0.0.7 scored 0.710 (threshold 0.620): 412 requests, typically 6"}
    });
    expect((message as {data: {alert: unknown}}).data.alert).toEqual(change(7).alert);
    expect(() => reference.verify(`${body} `, headers as Record<string, string>)).toThrow();
  }
});

it("Webhook without a secret signs nothing; user and password of the address go where they belong", async () => {
  const {url, requests} = await receiver();
  const hook = new Webhook(url.replace("//", "//me:p%40ss@"));
  expect(hook.name).toBe(new URL(url).origin);
  await hook.deliver([told()], new AbortController().signal);
  expect(requests[0]!.headers).not.toHaveProperty("webhook-signature");
  expect(requests[0]!.headers.authorization).toBe(`Basic ${Buffer.from("me:p@ss").toString("base64")}`);
});

it("Webhook says what went wrong, what was refused and how long to wait", async () => {
  for (const [status, headers, expected] of [
    [500, {}, ["answers (HTTP 500)", false, undefined]],
    [503, {"retry-after": "120"}, ["answers (HTTP 503)", false, 120_000]],
    [429, {"retry-after": "7"}, ["answers (HTTP 429)", false, 7000]],
    [429, {"retry-after": "soon"}, ["answers (HTTP 429)", false, undefined]],
    [401, {}, ["answers (HTTP 401)", false, undefined]],
    [404, {}, ["answers (HTTP 404)", false, undefined]],
    [410, {}, ["answers (HTTP 410)", false, undefined]],
    [400, {}, ["refuses the alert (HTTP 400)", true, undefined]],
    [413, {}, ["refuses the alert (HTTP 413)", true, undefined]],
    [302, {location: "/hook"}, ["answers with a redirect (HTTP 302)", false, undefined]]
  ] as const) {
    const {url, requests} = await receiver((response) => response.writeHead(status, headers).end("no"));
    const {message, more} = await fault(url);
    expect([message, more.isRefused ?? false, more.wait]).toEqual(expected);
    expect(requests.length).toBe(1);
  }
  const date = new Date(Date.now() + 90_000).toUTCString();
  const {url} = await receiver((response) => response.writeHead(503, {"retry-after": date}).end());
  const {wait} = (await fault(url)).more;
  expect(wait).toBeGreaterThan(80_000);
  expect(wait).toBeLessThanOrEqual(90_000);
});

it("Webhook says that nobody answers", async () => {
  const {url, server} = await receiver(() => {});
  expect((await fault(url, {timeout: 50})).message).toBe("no answer within 0.05 s");
  server.closeAllConnections();
  server.close();
  await once(server, "close");
  expect((await fault(url)).message).toBe("cannot be reached (ECONNREFUSED)");
});

it("Webhook reads no answer of any length", async () => {
  const {url} = await receiver((response) => {
    const more = () => {
      while (response.write(Buffer.alloc(65_536)));
    };
    response.on("drain", more);
    more();
  });
  await deliver(url);
});

it("Webhook cuts long texts", async () => {
  const {url, requests} = await receiver();
  const event = {sequence: 1, ...change(1, "raised", {values: {user_agent: "x".repeat(100_000)}})};
  await new Webhook(url).deliver([{event, silenced: 0}], new AbortController().signal);
  expect(JSON.parse(requests[0]!.body).data.alert.values.user_agent).toBe(`${"x".repeat(999)}…`);
});

it("Webhook refuses addresses and secrets that cannot be, without repeating secrets", () => {
  for (const url of ["", "localhost:80", "ftp://a/b", "//a", "http://"]) {
    expect(() => new Webhook(url)).toThrow(new UsageError(`invalid webhook (https://HOST/PATH): ${url}`));
  }
  expect(() => new Webhook("http://a%zz:b@c")).toThrow("invalid escape");
  for (const secret of ["whsec_", "whsec_?", "whsec_a b"]) {
    expect(() => new Webhook("http://a", {secret})).toThrow(
      new UsageError("invalid webhook secret: expected base64 after whsec_")
    );
  }
  expect(() => new Webhook("http://a", {secret: ""})).toThrow("empty webhook secret");
});

it("Delivery to a Webhook comes through failures in order, with the same id and body each time", async () => {
  const folder = emptyFolder();
  const log = await openLog(folder);
  let count = 0;
  const {url, requests} = await receiver((response) => {
    const step = ++count % 4;
    if (step === 1) response.writeHead(503).end();
    else if (step === 2) response.destroy();
    else response.writeHead(204).end();
  });
  const options = {folder, firstWait: 1, longestWait: 5};
  const delivery = await Delivery.open(new Webhook(url, {secret}), log, options);
  onTestFinished(() => delivery.close(0));
  await log.append(Array.from({length: 8}, (_, i) => change(i + 1)));
  await eventually(() => delivery.state()).toMatchObject({sequence: 8, delivered: 8, waiting: 0, fault: null});
  const ids = requests.map(({headers}) => headers["webhook-id"]);
  const all = Array.from({length: 8}, (_, i) => changeKey(change(i + 1)));
  expect(ids.filter((id, i) => id !== ids[i - 1])).toEqual(all);
  expect(ids.length).toBeGreaterThan(8);
  for (const id of all) {
    expect(new Set(requests.flatMap(({headers, body}) => (headers["webhook-id"] === id ? [body] : []))).size).toBe(1);
  }
});

interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function receiver(
  answer: (response: ServerResponse) => void = (response) => void response.writeHead(204).end()
): Promise<{url: string; requests: Request[]; server: Server}> {
  const requests: Request[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    requests.push({method: request.method!, path: request.url!, headers: request.headers, body});
    answer(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?a=1`, requests, server};
}

function told(silenced = 0): Told {
  return {event: {sequence: 7, ...change(7)}, silenced};
}

async function deliver(url: string, options: WebhookOptions = {}, silenced = 0): Promise<void> {
  await new Webhook(url, options).deliver([told(silenced)], new AbortController().signal);
}

async function fault(url: string, options: WebhookOptions = {}): Promise<DeliveryFault> {
  const error = await deliver(url, options).then(
    () => null,
    (error: unknown) => error
  );
  expect(error).toBeInstanceOf(DeliveryFault);
  return error as DeliveryFault;
}
