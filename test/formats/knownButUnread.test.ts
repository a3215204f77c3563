import fc from "fast-check";
import {expect, test} from "vitest";
import {headOf} from "../../lib/formats/format.js";
import {describeUnread} from "../../lib/formats/knownButUnread.js";

test("describeUnread(head) names other logs by most of their lines", () => {
  expect(of("[Wed Oct 11 14:32:52 2000] [error] [client 192.0.2.1] File does not exist: /x")).toBe(
    "an Apache error log"
  );
  expect(of("[Fri Dec 16 01:46:23.123456 2005] [core:error] [pid 1:tid 2] AH1: x")).toBe("an Apache error log");
  expect(of('2026/05/17 10:05:03 [error] 12#12: *1 open() "/x" failed')).toBe("an nginx error log");
  expect(of("May  7 10:05:03 host sshd[1]: Failed password\n".repeat(3))).toBe("a syslog or journal");
  expect(of("<34>1 2026-05-17T10:05:03.003Z host su - ID47 - failed")).toBe("a syslog or journal");
  expect(of("2026-05-17T10:05:03.003123+02:00 host kernel: x")).toBe("a syslog or journal");
  expect(of("#Software: Microsoft Internet Information Services 10.0\n#Version: 1.0")).toBe("an IIS W3C log");
  expect(of("#Version: 1.0\n#Fields: date time x-edge-location")).toBe("a W3C log, such as of CloudFront or IIS");
  expect(of('{"__CURSOR":"s=1","__REALTIME_TIMESTAMP":"1"}')).toBe("a log of systemd’s journal in JSON");
  expect(of('{"log":"hello\\n","stream":"stdout","time":"2026-05-17T10:05:03Z"}')).toBe("a Docker log in JSON");
  expect(of("1286536308.779    180 192.0.2.1 TCP_MISS/200 411 GET http://a/ - DIRECT/192.0.2.2 -")).toBe(
    "a Squid access log"
  );
  expect(of("192.0.2.1:5000 [17/May/2026:10:05:03.127] web~ app/node 1/0/0/3/4 200 739 - - --NN")).toBe(
    "a HAProxy log"
  );
  expect(of("type=SYSCALL msg=audit(1684329817.579:2995): arch=c000003e")).toBe("an audit log of Linux");
  expect(of("10:05:03.123456 IP 192.0.2.1.80 > 192.0.2.2.1234: Flags [S]")).toBe("tcpdump’s text");
  expect(of("https 2026-05-17T10:05:03.186641Z app/lb/50 192.0.2.1:1 192.0.2.2:2")).toBe("an AWS load balancer’s log");
});

test("describeUnread(head) names documents", () => {
  expect(of("<!DOCTYPE html>\n<html>")).toBe("an HTML page");
  expect(of('<?xml version="1.0"?>\n<svg/>')).toBe("XML");
  expect(of('<?xml version="1.0"?><Events><Event xmlns="x">')).toBe("a Windows event log in XML");
  expect(of("%PDF-1.7\n")).toBe("a PDF document");
  expect(of('{\n  "name": "x"\n}')).toBe("JSON that is not a log");
  expect(of('[{"a":1}]')).toBe("JSON that is not a log");
  expect(of("[1, 2]")).toBe("JSON that is not a log");
  expect(of('{"type":"Feature"}\n{"type":"Feature"}')).toBe("JSON that is not a log");
});

test("describeUnread(head) names files that are no text by their first bytes", () => {
  const bytes = (text: string) => of(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  expect(bytes("\x0c\xa5\x01\x00")).toBe("a binary nfcapd file");
  expect(bytes("ElfFile\0")).toBe("a Windows event log");
  expect(bytes("SQLite format 3\0")).toBe("an SQLite database");
  expect(bytes("\x7fELF")).toBe("a program (ELF)");
  expect(bytes("PK\x03\x04")).toBe("a zip archive");
  expect(bytes("\x28\xb5\x2f\xfd")).toBe("a Zstandard-compressed file");
  expect(bytes("BZh9")).toBe("a bzip2-compressed file");
  expect(bytes("\xfd7zXZ\0")).toBe("an xz-compressed file");
  expect(bytes("\x89PNG\r\n\x1a\n")).toBe("an image");
  expect(bytes("\xff\xfea\0")).toBe("text in UTF-16");
  expect(bytes("a\0b\0c\0\n\0")).toBe("text in UTF-16");
});

test("describeUnread(head) tells text from tables by whether lines have as many cells as the first", () => {
  const text = "text that is neither a table nor a log that is known";
  expect(of("# Notes\n\nThis is what the script does:\n\n- it reads a file, and\n- writes another.\n")).toBe(text);
  expect(of('time="2026-05-17T10:05:03Z" level=info msg="a b"\ntime="2026-05-17T10:05:04Z" level=info msg=c')).toBe(
    text
  );
  expect(of('alert http any any -> any any (msg:"a"; sid:1;)')).toBe(text);
  expect(of("10:05:03, start of a\nworker of the server\nand, then, its end\n")).toBe(text);
  expect(of('Log\nit said "no" to all\nand then it ended\n')).toBe(text);
  for (const table of [
    "name\n1\n2\n",
    "a,b\n1\n2,3,4\n",
    "time\n2026-05-17 10:05:03\n",
    "timestamp\n5 Jan 2026\n",
    'title\nWar and Peace\n"Mice, and Men"\n',
    `${"a very long name,".repeat(100)}b\n${"one of these,".repeat(100)}1\n`,
    "what it was;how much\nthe first one, of many;1\nthe second one;2\n",
    'a,b\n"1, 2 and 3",2\n3,4\n5\n',
    'a,"what ""it"" was; or so","that one"\n1,2,3\n',
    'a,b\n"one line\nand a second\nand a third",2\n'
  ])
    expect(of(table)).toBeNull();
});

test("describeUnread(head) knows nothing of tables, single lines and noise", () => {
  for (const text of [
    "",
    "\n\n",
    "a,b\n1,2",
    '"a","b"\n"1","2"',
    "a\tb\n1\t2",
    "Hello, world.",
    "[2026-05-17 10:05:03] app started"
  ])
    expect(of(text)).toBeNull();
});

test("describeUnread(head) takes any bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 400}), (bytes) => {
      expect([null, "string"]).toContain(describeUnread(headOf(bytes, true)) === null ? null : "string");
    })
  );
});

function of(content: string | Uint8Array): string | null {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return describeUnread(headOf(bytes, true))?.replace(/^looks like /, "") ?? null;
}
