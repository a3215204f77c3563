import {hostname} from "node:os";
import {alertSentence} from "../../../live/alertSentence.js";
import {visibleText} from "../../../live/visibleText.js";
import type {Told} from "./output.js";

/** Who sends. */
export interface SyslogSender {
  readonly host: string;
  readonly process: number;
}

/**
 * An alert as a message of RFC 5424 of at most 2,048 bytes: facility local0, a warning when it is raised and a notice when it is
 * over, the time of the traffic, its facts as structured data, and a sentence. Texts of the traffic cannot end the message, a
 * line or a value. The sentence’s end goes first where that is too long.
 */
export function syslogMessage(
  {event, silenced}: Told,
  {host, process: id}: SyslogSender = {host: hostname(), process: process.pid}
): Buffer {
  const {sequence, what, alert} = event;
  const priority = 8 * local0 + (what === "closed" ? notice : warning);
  const time = new Date(alert.changed).toISOString();
  const facts = {
    sequence,
    id: alert.id,
    rows: alert.rows,
    client: visibleText(alert.client, 100),
    score: alert.score.toFixed(3),
    threshold: alert.threshold.toFixed(3),
    records: alert.history.at(-1)?.records ?? 0,
    file: visibleText(alert.file, 100),
    line: alert.line,
    silenced
  };
  const values = Object.entries(facts).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  const head = `<${priority}>1 ${time} ${printable(host)} eddy ${id} ${what} [${dataId}${values.join("")}] `;
  const sentence = alertSentence(alert);
  // Text beyond ASCII is UTF-8 where this mark says so.
  const mark = /^[\x20-\x7e]*$/.test(sentence) ? "" : "\ufeff";
  return whole(Buffer.from(`${head}${mark}${sentence}`), mostBytes);
}

const local0 = 16;
const warning = 4;
const notice = 5;
const mostBytes = 2048;
// 32473 is the number of an enterprise for documentation (RFC 5612): Eddy has none of its own.
const dataId = "alert@32473";

function escaped(value: string): string {
  return value.replace(/["\\\]]/g, "\\$&");
}

function printable(host: string): string {
  const text = host.replace(/[^\x21-\x7e]/g, "").slice(0, 255);
  return text === "" ? "-" : text;
}

// Cut where no character is split.
function whole(bytes: Buffer, most: number): Buffer {
  if (bytes.length <= most) return bytes;
  let end = most;
  while ((bytes[end]! & 0xc0) === 0x80) --end;
  return bytes.subarray(0, end);
}
