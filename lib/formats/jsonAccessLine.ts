import {trimAddress} from "./addressText.js";
import {type JsonAccessField, jsonAccessKeys, jsonAccessPlaces, type KeyPlace} from "./jsonAccessKeys.js";
import type {JsonObject} from "./jsonLines.js";
import {LogTime} from "./logTime.js";
import {splitRequestLine} from "./requestLine.js";
import {RequestRecord, requestText} from "./requestRecord.js";

/** Which server’s way of writing a line is in. */
export type JsonAccessStyle = "json-access" | "caddy-json" | "traefik-json";

/** What a line that is no request holds: `reject` says what is wrong, `other` that it is a message of another kind. */
export type JsonLineFault = {readonly reject: string} | {readonly other: string};

/** Reads requests from lines of JSON, each an object that states them under keys of `jsonAccessKeys`. */
export class JsonAccessLine {
  /** What the last line states. */
  readonly record = new RequestRecord();
  style: JsonAccessStyle = "json-access";
  /** Whether the last line states as much as an access log does: a status, and a client, host, agent or size beside it. */
  isFull = false;
  private readonly clock = new LogTime();
  private readonly values = {} as Record<JsonAccessField, string>;
  private readonly ranks = {} as Record<JsonAccessField, number>;
  private text = new Uint8Array(256);
  private hasWrongTime = false;

  /** Reads what a line of JSON holds; null where the record now holds a request. */
  read(line: unknown): JsonLineFault | null {
    if (typeof line !== "object" || line === null || Array.isArray(line)) return {reject: "not an object"};
    const object = line as JsonObject;
    if (isOfOtherLog(object)) return {other: "event of another log"};
    if (isCaddyMessage(object)) return otherMessage;
    for (const field of fields) this.ranks[field] = Number.POSITIVE_INFINITY;
    this.hasWrongTime = false;
    this.walk(object, jsonAccessPlaces);
    const {record, values, clock} = this;
    this.isFull = this.isStated("status") && beside.some(this.isStated, this);
    if (!this.isStated("request") && !this.isStated("method") && !(this.isStated("target") && this.isStated("status")))
      return isMessage(object) ? otherMessage : {reject: "no request"};
    if (!this.isStated("time")) return {reject: this.hasWrongTime ? "invalid time" : "no time"};
    const status = this.isStated("status") ? Number(values.status) : 0;
    if (!(Number.isInteger(status) && status >= 0 && status <= 999)) return {reject: "invalid status"};

    this.style = styleOf(object);
    record.begin();
    record.time = clock.time;
    record.zone = clock.zone;
    record.status = status;
    record.size = this.isStated("size") && /^\d{1,15}$/.test(values.size) ? Number(values.size) : Number.NaN;
    for (const field of texts) if (this.isStated(field)) record.set(requestText[field], values[field]);
    trimAddress(record, requestText.client);
    if (this.isStated("request") && !(this.isStated("method") && this.isStated("target"))) {
      record.set(requestText.target, values.request);
      splitRequestLine(record, record.starts[requestText.target]!, record.ends[requestText.target]!);
    }
    return null;
  }

  private isStated(field: JsonAccessField): boolean {
    return this.ranks[field] < Number.POSITIVE_INFINITY;
  }

  private walk(object: JsonObject, places: ReadonlyMap<string, KeyPlace>): void {
    for (const key of Object.keys(object)) {
      const place = places.get(key);
      if (place === undefined) continue;
      const value = object[key];
      if (place.field !== undefined && place.rank < this.ranks[place.field]) this.take(place.field, place.rank, value);
      if (place.inside !== undefined && typeof value === "object" && value !== null)
        this.walk(value as JsonObject, place.inside);
    }
  }

  private take(field: JsonAccessField, rank: number, value: unknown): void {
    if (field === "time") {
      if (this.readTime(value)) this.ranks.time = rank;
      return;
    }
    const text = textOf(value);
    if (text === "" || text === "-") return;
    this.values[field] = text;
    this.ranks[field] = rank;
  }

  // Where the clock cannot read a value, it keeps what it has read before.
  private readTime(value: unknown): boolean {
    if (typeof value === "number") return this.clock.readNumber(value);
    if (typeof value !== "string" || value === "" || value.length > this.text.length / 3) return false;
    const {written} = encoder.encodeInto(value, this.text);
    const {time, zone} = this.clock;
    if (this.clock.read(this.text, 0, written)) return true;
    this.clock.time = time;
    this.clock.zone = zone;
    // A duration in seconds, as some name `time`, is no wrong time.
    if (!(Number(value) < 1e8)) this.hasWrongTime = true;
    return false;
  }
}

const fields = Object.keys(jsonAccessKeys) as JsonAccessField[];
const beside: readonly JsonAccessField[] = ["client", "host", "agent", "size"];
const texts = ["client", "forwarded", "user", "method", "target", "referrer", "agent", "host"] as const;
const encoder = new TextEncoder();
const otherMessage: JsonLineFault = {other: "other log message"};

/** Header fields come as lists. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return `${value}`;
  if (Array.isArray(value)) return value.filter((item) => typeof item === "string").join(", ");
  return "";
}

function styleOf(object: JsonObject): JsonAccessStyle {
  if ("DownstreamStatus" in object || ("RequestMethod" in object && "RequestPath" in object)) return "traefik-json";
  return typeof object.request === "object" && object.request !== null ? "caddy-json" : "json-access";
}

/** Whether a line is of Zeek, Suricata or systemd, which have readers or names of their own. */
function isOfOtherLog(object: JsonObject): boolean {
  return (
    "event_type" in object ||
    "_path" in object ||
    "id.orig_h" in object ||
    "id_orig_h" in object ||
    "__REALTIME_TIMESTAMP" in object
  );
}

/** Caddy logs what fails on the way of a request, with that request, besides the request itself. */
function isCaddyMessage({logger}: JsonObject): boolean {
  return typeof logger === "string" && logger.startsWith("http.") && !logger.startsWith("http.log.access");
}

function isMessage(object: JsonObject): boolean {
  return "msg" in object || "message" in object || "level" in object || "severity" in object;
}
