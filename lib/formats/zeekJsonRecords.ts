import {type FlowRecord, flowText} from "./flowRecord.js";
import {type Json, type JsonObject, numberAt, objectAt, portAt, textAt} from "./jsonLines.js";
import {protocolOf} from "./protocolIn.js";
import type {RecordReceiver} from "./recordReader.js";
import {type RequestRecord, requestText} from "./requestRecord.js";
import {timeOf} from "./timeIn.js";
import {setHistoryFlags} from "./zeekHistory.js";

/**
 * Hands over the flow of an object of Zeek’s conn log, or tells why there is none. Bytes and durations are as ZeekConnRows
 * has them.
 */
export function takeZeekFlow(
  object: JsonObject,
  line: number,
  flow: FlowRecord,
  receiver: RecordReceiver
): string | undefined {
  const source = addressOf(object, "source");
  const destination = addressOf(object, "destination");
  if (!source || !destination) return "no address";
  flow.begin();
  flow.line = line;
  flow.time = timeOf(object.ts);
  if (Number.isNaN(flow.time)) return "no time";
  flow.duration = object.duration === undefined ? 0 : numberAt(object, "duration");
  const protocol = protocolOf(textAt(object, "proto") ?? "");
  flow.protocol = Number.isNaN(protocol) ? numberAt(object, "ip_proto") : protocol;
  if (protocol === 1 && source.includes(":")) flow.protocol = 58;
  flow.sourcePort = portOf(object, "sourcePort");
  flow.destinationPort = portOf(object, "destinationPort");
  flow.sourcePackets = numberAt(object, "orig_pkts");
  flow.destinationPackets = numberAt(object, "resp_pkts");
  flow.sourceBytes = numberAt(object, "orig_ip_bytes" in object ? "orig_ip_bytes" : "orig_bytes");
  flow.destinationBytes = numberAt(object, "resp_ip_bytes" in object ? "resp_ip_bytes" : "resp_bytes");
  flow.set(flowText.source, source);
  flow.set(flowText.destination, destination);
  flow.set(flowText.service, textAt(object, "service"));
  flow.set(flowText.state, textAt(object, "conn_state"));
  flow.set(flowText.history, textAt(object, "history"));
  flow.set(flowText.label, textAt(object, "label"));
  flow.set(flowText.id, textAt(object, "uid"));
  setHistoryFlags(flow);
  receiver.flow(flow);
  return undefined;
}

/** Hands over the request of an object of Zeek’s http log, or tells why there is none. */
export function takeZeekRequest(
  object: JsonObject,
  line: number,
  request: RequestRecord,
  receiver: RecordReceiver
): string | undefined {
  const client = addressOf(object, "source");
  if (!client) return "no address";
  request.begin();
  request.line = line;
  request.time = timeOf(object.ts);
  if (Number.isNaN(request.time)) return "no time";
  const status = numberAt(object, "status_code");
  request.status = status <= 999 ? Math.trunc(status) : 0;
  request.size = numberAt(object, "response_body_len");
  request.set(requestText.client, client);
  request.set(requestText.forwarded, forwardedFor(object));
  request.set(requestText.user, textAt(object, "username"));
  request.set(requestText.method, textAt(object, "method"));
  request.set(requestText.target, textAt(object, "uri"));
  request.set(requestText.referrer, textAt(object, "referrer"));
  request.set(requestText.agent, textAt(object, "user_agent"));
  request.set(requestText.host, textAt(object, "host"));
  receiver.request(request);
  return undefined;
}

/** The keys of what Zeek calls an id: in full, with underscores where a store allows no dots, and within `id`. */
const endpointKeys = {
  source: ["id.orig_h", "id_orig_h", "orig_h"],
  sourcePort: ["id.orig_p", "id_orig_p", "orig_p"],
  destination: ["id.resp_h", "id_resp_h", "resp_h"],
  destinationPort: ["id.resp_p", "id_resp_p", "resp_p"]
} as const;

/** What stands at one of the keys, undefined where nothing does. */
export function endpointOf(object: JsonObject, endpoint: keyof typeof endpointKeys): Json | undefined {
  const [dotted, underscored, nested] = endpointKeys[endpoint];
  return object[dotted] ?? object[underscored] ?? objectAt(object, "id")?.[nested];
}

function addressOf(object: JsonObject, endpoint: keyof typeof endpointKeys): string | null {
  const value = endpointOf(object, endpoint);
  return typeof value === "string" && value !== "-" ? value : null;
}

function portOf(object: JsonObject, endpoint: keyof typeof endpointKeys): number {
  return portAt({port: endpointOf(object, endpoint)}, "port");
}

function forwardedFor(object: JsonObject): string | null {
  const proxied = object.proxied;
  if (!Array.isArray(proxied)) return null;
  const found = proxied.find((header) => typeof header === "string" && header.startsWith(forwardedPrefix));
  return typeof found === "string" ? found.slice(forwardedPrefix.length) : null;
}

const forwardedPrefix = "X-FORWARDED-FOR -> ";
