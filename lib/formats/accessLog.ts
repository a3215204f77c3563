import {AccessLine} from "./accessLine.js";
import type {Format, Head} from "./format.js";
import {isBlank} from "./isBlank.js";
import {LineReader} from "./lineReader.js";
import {lineText} from "./lineText.js";
import type {OpenReader} from "./recordReader.js";

const open: OpenReader = (receiver) => {
  const access = new AccessLine();
  return new LineReader(
    (bytes, start, end, line) => {
      const fault = access.read(bytes, start, end);
      if (fault === null) {
        access.record.line = line;
        receiver.request(access.record);
      } else if (isBlank(bytes, start, end)) receiver.passOver("blank line");
      else receiver.reject(line, fault, lineText(bytes, start, end));
    },
    (line) => receiver.reject(line, "too long", "")
  );
};

/** Apache’s and nginx’s common log: who, when, what, status and bytes. */
export const common: Format = {
  name: "common",
  title: "common access log",
  holds: "requests",
  unit: "line",
  matches: (head) => layoutOf(head) === "common",
  open
};

/** The common log with referrer and user agent, nginx’s default. */
export const combined: Format = {
  name: "combined",
  title: "combined access log",
  holds: "requests",
  unit: "line",
  matches: (head) => layoutOf(head) === "combined",
  open
};

/** The combined or common log of several sites, whose lines begin with the site’s name, as Debian’s `vhost_combined`. */
export const vhostCombined: Format = {
  name: "vhost-combined",
  title: "access log of several sites",
  holds: "requests",
  unit: "line",
  matches: (head) => layoutOf(head) === "vhost-combined",
  open
};

/** What most of a head’s lines that can be read are; null where fewer than half can. */
function layoutOf(head: Head): "common" | "combined" | "vhost-combined" | null {
  const access = new AccessLine();
  const encoder = new TextEncoder();
  const lines = head.lines.slice(0, mostLines);
  const counts = {common: 0, combined: 0, "vhost-combined": 0};
  for (const line of lines) {
    const bytes = encoder.encode(line);
    if (access.read(bytes, 0, bytes.length) !== null) continue;
    ++counts[access.isVirtualHost ? "vhost-combined" : access.isCombined ? "combined" : "common"];
  }
  if (2 * (counts.common + counts.combined + counts["vhost-combined"]) < Math.max(1, lines.length)) return null;
  if (counts["vhost-combined"] >= Math.max(counts.common, counts.combined)) return "vhost-combined";
  return counts.combined >= counts.common ? "combined" : "common";
}

const mostLines = 200;
