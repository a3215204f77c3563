import {FlowRecord, flowText} from "./flowRecord.js";
import type {Format} from "./format.js";
import {isoTime, isoZone} from "./isoTime.js";
import {JsonLines, type JsonObject, numberAt, objectAt, objectsIn, portAt, textAt} from "./jsonLines.js";
import {isIcmp, protocolOf} from "./protocolIn.js";
import type {RecordReceiver} from "./recordReader.js";
import {RequestRecord, requestText} from "./requestRecord.js";

/**
 * Suricata’s events (EVE), one JSON object a line: flows and HTTP requests are read, all others passed over by name. A flow
 * is marked as alerted where an alert came before it, as Suricata writes them, and labelled by the first one’s signature.
 */
export const suricataEve: Format = {
  name: "suricata-eve",
  title: "Suricata EVE log",
  holds: "requests and flows",
  unit: "line",
  matches: (head) => objectsIn(head).some(isEvent),
  open: (receiver) => new SuricataReader(receiver).lines
};

function isEvent(object: JsonObject): boolean {
  return textAt(object, "event_type") !== null && textAt(object, "timestamp") !== null;
}

class SuricataReader {
  readonly lines: JsonLines;
  private readonly flow = new FlowRecord();
  private readonly request = new RequestRecord();
  /** The first signature of each flow that had an alert and has not ended, the oldest first. */
  private readonly alerts = new Map<number, string>();

  constructor(private readonly receiver: RecordReceiver) {
    this.lines = new JsonLines(receiver, (event, line) => this.take(event, line));
  }

  private take(event: JsonObject, line: number): string | undefined {
    const type = textAt(event, "event_type");
    if (type === "flow") return this.takeFlow(event, line);
    if (type === "http") return this.takeRequest(event, line);
    if (type === null) return "no event type";
    if (type === "alert") this.keepAlert(event);
    this.receiver.passOver(/^[\w-]{1,40}$/.test(type) ? `${type} event` : "other event");
    return undefined;
  }

  private takeFlow(event: JsonObject, line: number): string | undefined {
    const {flow} = this;
    const counts = objectAt(event, "flow");
    const tcp = objectAt(event, "tcp");
    const source = textAt(event, "src_ip");
    const destination = textAt(event, "dest_ip");
    if (!source || !destination) return "no address";
    flow.begin();
    flow.line = line;
    // The event’s own time is when Suricata gave the flow up.
    const start = isoTime(textAt(counts, "start") ?? "");
    flow.time = Number.isNaN(start) ? timeOf(event) : start;
    if (Number.isNaN(flow.time)) return "no time";
    flow.duration = Math.max(0, isoTime(textAt(counts, "end") ?? "") - start) / 1000;
    flow.protocol = protocolOf(textAt(event, "proto") ?? "");
    const hasTypes = isIcmp(flow.protocol);
    flow.sourcePort = portAt(event, hasTypes ? "icmp_type" : "src_port");
    flow.destinationPort = portAt(event, hasTypes ? "icmp_code" : "dest_port");
    flow.sourcePackets = numberAt(counts, "pkts_toserver");
    flow.destinationPackets = numberAt(counts, "pkts_toclient");
    flow.sourceBytes = numberAt(counts, "bytes_toserver");
    flow.destinationBytes = numberAt(counts, "bytes_toclient");
    flow.sourceFlags = hexAt(tcp, "tcp_flags_ts");
    flow.destinationFlags = hexAt(tcp, "tcp_flags_tc");
    const service = textAt(event, "app_proto");
    const id = numberAt(event, "flow_id");
    const alert = this.alerts.get(id);
    this.alerts.delete(id);
    flow.isAlerted = alert !== undefined || counts?.alerted === true;
    flow.set(flowText.source, source);
    flow.set(flowText.destination, destination);
    flow.set(flowText.service, service === "failed" ? null : service);
    flow.set(flowText.state, textAt(counts, "state"));
    flow.set(flowText.label, alert);
    flow.set(flowText.id, Number.isNaN(id) ? null : String(id));
    this.receiver.flow(flow);
    return undefined;
  }

  private takeRequest(event: JsonObject, line: number): string | undefined {
    const {request} = this;
    const http = objectAt(event, "http");
    const client = textAt(event, "src_ip");
    if (!client) return "no address";
    request.begin();
    request.line = line;
    request.time = timeOf(event);
    if (Number.isNaN(request.time)) return "no time";
    request.zone = isoZone(textAt(event, "timestamp") ?? "");
    const status = numberAt(http, "status");
    request.status = status <= 999 ? Math.trunc(status) : 0;
    request.size = numberAt(http, "length");
    request.set(requestText.client, client);
    request.set(requestText.forwarded, textAt(http, "xff"));
    request.set(requestText.method, textAt(http, "http_method"));
    request.set(requestText.target, textAt(http, "url"));
    request.set(requestText.referrer, textAt(http, "http_refer"));
    request.set(requestText.agent, textAt(http, "http_user_agent"));
    request.set(requestText.host, textAt(http, "hostname"));
    this.receiver.request(request);
    return undefined;
  }

  private keepAlert(event: JsonObject): void {
    const {alerts} = this;
    const id = numberAt(event, "flow_id");
    if (Number.isNaN(id) || alerts.has(id)) return;
    if (alerts.size === mostAlerts) alerts.delete(alerts.keys().next().value!);
    alerts.set(id, (textAt(objectAt(event, "alert"), "signature") ?? "alert").slice(0, longestSignature));
  }
}

// Flows that end without an event of their own must not pile up.
const mostAlerts = 65_536;
const longestSignature = 200;

function timeOf(event: JsonObject): number {
  return isoTime(textAt(event, "timestamp") ?? "");
}

function hexAt(object: JsonObject | undefined, key: string): number {
  const text = textAt(object, key);
  return text !== null && /^[0-9a-f]{1,2}$/i.test(text) ? Number.parseInt(text, 16) : Number.NaN;
}
