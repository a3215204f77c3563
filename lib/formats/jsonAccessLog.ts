import type {Format, Head} from "./format.js";
import {isBlank} from "./isBlank.js";
import {JsonAccessLine, type JsonAccessStyle, type JsonLineFault} from "./jsonAccessLine.js";
import {LineReader} from "./lineReader.js";
import {lineText} from "./lineText.js";
import {parseJsonLine} from "./parseJsonLine.js";
import type {OpenReader} from "./recordReader.js";
import {startOfMessage} from "./startOfMessage.js";

const open: OpenReader = (receiver) => {
  const access = new JsonAccessLine();
  return new LineReader(
    (bytes, start, end, line) => {
      const value = parseJsonLine(bytes, startOfObject(bytes, start, end), end);
      const fault = value === undefined ? notJson : access.read(value);
      if (fault === null) {
        access.record.line = line;
        receiver.request(access.record);
      } else if ("other" in fault) receiver.passOver(fault.other);
      else if (isBlank(bytes, start, end)) receiver.reject(line, "empty line", "");
      else receiver.reject(line, fault.reject, lineText(bytes, start, end));
    },
    (line) => receiver.reject(line, "too long", "")
  );
};

const notJson: JsonLineFault = {reject: "not JSON"};

/** Access logs of nginx and others in JSON, under the usual names of keys. */
export const jsonAccess: Format = {
  name: "json-access",
  title: "JSON access log",
  holds: "requests",
  unit: "line",
  matches: (head) => styleOf(head) === "json-access",
  open
};

/** Caddy’s access log, perhaps among Caddy’s other messages. */
export const caddyJson: Format = {
  name: "caddy-json",
  title: "Caddy log",
  holds: "requests",
  unit: "line",
  matches: (head) => styleOf(head) === "caddy-json",
  open
};

/** Traefik’s access log in JSON. */
export const traefikJson: Format = {
  name: "traefik-json",
  title: "Traefik access log",
  holds: "requests",
  unit: "line",
  matches: (head) => styleOf(head) === "traefik-json",
  open
};

/** What most requests of a head are, where half of its lines or more are requests or messages beside them; null elsewhere. */
function styleOf(head: Head): JsonAccessStyle | null {
  const access = new JsonAccessLine();
  const encoder = new TextEncoder();
  const lines = head.lines.slice(0, mostLines);
  const counts: Record<JsonAccessStyle, number> = {"json-access": 0, "caddy-json": 0, "traefik-json": 0};
  let requests = 0;
  let messages = 0;
  for (const line of lines) {
    const bytes = encoder.encode(line);
    const start = startOfObject(bytes, 0, bytes.length);
    if (bytes[start] !== brace) continue;
    const fault = access.read(parseJsonLine(bytes, start, bytes.length));
    if (fault === null && access.isFull) {
      ++counts[access.style];
      ++requests;
    } else if (fault !== null && "other" in fault && fault.other === "other log message") ++messages;
  }
  if (requests === 0 || 2 * (requests + messages) < lines.length) return null;
  return (Object.keys(counts) as JsonAccessStyle[]).reduce((most, style) =>
    counts[style] > counts[most] ? style : most
  );
}

/** Where the object of a line begins, perhaps behind the words of syslog or of a container’s log. */
function startOfObject(bytes: Uint8Array, start: number, end: number): number {
  while (start < end && bytes[start]! <= space) ++start;
  return bytes[start] === brace ? start : startOfMessage(bytes, start, end);
}

const [space, brace] = [32, 123];
const mostLines = 200;
