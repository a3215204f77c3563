import type {Head} from "./format.js";
import {isProse} from "./isProse.js";

/**
 * What a file that no reader takes looks like, as the end of a sentence (“looks like an Apache error log”); null where that
 * is unknown, and for tables such as CSV.
 */
export function describeUnread(head: Head): string | null {
  const what = binaryKind(head.bytes) ?? textKind(head.lines);
  return what === null ? null : `looks like ${what}`;
}

function binaryKind(bytes: Uint8Array): string | null {
  for (const [what, signature, at = 0] of signatures) if (holds(bytes, signature, at)) return what;
  const nulls = [0, 0];
  for (let i = 0; i < bytes.length; ++i) if (bytes[i] === 0) ++nulls[i % 2]!;
  // Of text in UTF-16, most of every other byte is 0, and none of the rest.
  const [even, odd] = nulls as [number, number];
  return bytes.length >= 8 && Math.min(even, odd) === 0 && even + odd > bytes.length / 4 ? "text in UTF-16" : null;
}

/** What a file is that holds these bytes, as Latin-1, at an offset. */
const signatures: readonly (readonly [what: string, signature: string, at?: number])[] = [
  ["a gzip file within a gzip file", "\x1f\x8b\x08"],
  ["a zip archive", "PK\x03\x04"],
  ["a Zstandard-compressed file", "\x28\xb5\x2f\xfd"],
  ["a bzip2-compressed file", "BZh"],
  ["an xz-compressed file", "\xfd7zXZ\0"],
  ["an LZ4-compressed file", "\x04\x22\x4d\x18"],
  ["a 7z archive", "7z\xbc\xaf\x27\x1c"],
  ["a tar archive", "ustar", 257],
  ["a binary nfcapd file", "\x0c\xa5"],
  ["a binary nfcapd file", "\xa5\x0c"],
  ["a SiLK flow file", "\xde\xad\xbe\xef"],
  ["a snoop capture", "snoop\0\0\0"],
  ["a Windows event log", "ElfFile\0"],
  ["a journal of systemd", "LPKSHHRH"],
  ["an SQLite database", "SQLite format 3\0"],
  ["a program (ELF)", "\x7fELF"],
  ["a PDF document", "%PDF-"],
  ["an image", "\x89PNG\r\n\x1a\n"],
  ["an image", "\xff\xd8\xff"],
  ["an image", "GIF8"],
  ["an image", "WEBP", 8],
  ["text in UTF-16", "\xff\xfe"],
  ["text in UTF-16", "\xfe\xff"]
];

function holds(bytes: Uint8Array, signature: string, at: number): boolean {
  if (bytes.length < at + signature.length) return false;
  for (let i = 0; i < signature.length; ++i) if (bytes[at + i] !== signature.charCodeAt(i)) return false;
  return true;
}

function textKind(lines: readonly string[]): string | null {
  const first = lines.slice(0, mostLines).map((line) => line.slice(0, longestStart));
  if (first.length === 0) return null;
  const beginning = first[0]!.trimStart();
  for (const [what, pattern] of beginnings) if (pattern.test(beginning)) return what;
  for (const [what, pattern] of lineKinds) {
    if (2 * first.filter((line) => pattern.test(line)).length > first.length) return what;
  }
  if (isJson(first)) return "JSON that is not a log";
  return isProse(lines.slice(0, mostLines)) ? "text that is neither a table nor a log that is known" : null;
}

/** What a file is whose first line that is not empty is such. */
const beginnings: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["an HTML page", /^\ufeff?<(!doctype html|html|head|body)\b/i],
  ["a Windows event log in XML", /^\ufeff?(<\?xml[^>]*>\s*)?<Events?\b/],
  ["XML", /^\ufeff?<(\?xml|!--|[a-z][\w:.-]*(\s[^>]*)?>)/i],
  ["an IIS W3C log", /^#Software: Microsoft (Internet Information|HTTP)/],
  ["a W3C log, such as of CloudFront or IIS", /^#(Software|Version|Fields|Date|Start-Date): /],
  ["an export of systemd’s journal", /^__CURSOR=/],
  ["a script", /^#!/]
];

const month = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";

/** What a file is most of whose lines are such. */
const lineKinds: readonly (readonly [what: string, pattern: RegExp])[] = [
  [
    "an Apache error log",
    new RegExp(`^\\[[A-Z][a-z]{2} ${month} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d+)? \\d{4}\\] \\[`)
  ],
  ["an Apache log of TLS requests", /^\[\d\d\/[A-Z][a-z]{2}\/\d{4}:[\d:]{8} [+-]\d{4}\] \S+ (TLS|SSL)v[\d.]+ \S+ "/],
  ["alerts of Snort or Suricata as text", /^\d\d\/\d\d(\/\d{2,4})?-\d\d:\d\d:\d\d\.\d+ +\[\*\*\] \[/],
  ["a HAProxy log", /(^|: )\S+:\d+ \[\d\d\/[A-Z][a-z]{2}\/\d{4}:[\d:]{8}\.\d{3}\] \S+ \S+ /],
  ["an Nginx Proxy Manager log", /^\[\d\d\/[A-Z][a-z]{2}\/\d{4}:[\d:]{8} [+-]\d{4}\] \S+ \S+ \d+ - [A-Z]+ https? /],
  ["an audit log of Linux", /^(node=\S+ )?type=[A-Z_]+ msg=audit\(\d/],
  ["an nginx error log", /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[[a-z]+\] \d+#\d+: /],
  ["a log of systemd’s journal in JSON", /^\{.*"(__REALTIME_TIMESTAMP|__CURSOR|_SYSTEMD_UNIT)"/],
  ["a Docker log in JSON", /^\{"log":".*"(stream|time)":|^\{"log":"/],
  [
    "an Amazon S3 access log",
    /^[0-9a-f]{64} \S+ \[\d\d\/[A-Z][a-z]{2}\/\d{4}:[\d:]{8} [+-]\d{4}\] \S+ \S+ \S+ [A-Z.]+/
  ],
  ["an AWS load balancer’s log", /^(https?|h2|grpcs|wss?|tls) (\d\.\d )?\d{4}-\d\d-\d\dT[\d:.]+Z app\//],
  ["a Squid access log", /^\d{9,10}\.\d{3} +-?\d+ \S+ [A-Z_]+\/\d{3} \d+ [A-Z]+ /],
  ["tcpdump’s text", /^(\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d{6} (IP6?|ARP)\b/],
  ["an event log in CEF or LEEF", /^(.{0,80} )?(CEF:\d+\||LEEF:[\d.]+\|)/],
  [
    "a syslog or journal",
    new RegExp(
      `^(<\\d{1,3}>)?(${month} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d |\\d ?\\d{4}-\\d\\d-\\d\\dT\\S+ |\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(Z|[+-]\\d\\d:?\\d\\d) )\\S+ \\S`
    )
  ],
  ["a syslog or journal", /^<\d{1,3}>1 \d{4}-\d\d-\d\dT\S+ \S+ \S+ /]
];

/** Whether it is one document over many lines, a list, or objects line by line. */
function isJson(lines: readonly string[]): boolean {
  if (/^\s*(\[?[{[]$|\[\s*([{"]|-?\d+(\.\d+)?,))/.test(lines[0]!)) return true;
  return 2 * lines.filter((line) => /^\s*\{\s*"/.test(line)).length > lines.length;
}

const mostLines = 50;
// The patterns look no further.
const longestStart = 1000;
