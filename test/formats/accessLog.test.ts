import fc from "fast-check";
import {expect, test} from "vitest";
import {combined, common, vhostCombined} from "../../lib/formats/accessLog.js";
import {headOf} from "../../lib/formats/format.js";
import {longest} from "../../lib/formats/lineReader.js";
import {expectTotal} from "./hostile.js";
import {readLog} from "./readLog.js";

const line =
  '192.0.2.1 - - [17/May/2026:10:05:03 +0000] "GET /a?b=c HTTP/1.1" 200 2326 "https://example.org/" "Mozilla/5.0 (X11)"';
const time = Date.UTC(2026, 4, 17, 10, 5, 3);

test("combined reads who, when, what, referrer and agent", () => {
  expect(readLog(combined, `${line}\n`)).toEqual({
    flows: [],
    requests: [
      {
        line: 1,
        time,
        zone: 0,
        status: 200,
        size: 2326,
        client: "192.0.2.1",
        method: "GET",
        target: "/a?b=c",
        referrer: "https://example.org/",
        agent: "Mozilla/5.0 (X11)"
      }
    ],
    rejects: [],
    passedOver: {}
  });
});

test("combined takes - and nothing for what is not stated", () => {
  const request = requestOf('192.0.2.1 - "" [17/May/2026:10:05:03 +0000] "-" - - "-" ""');
  expect(request).toEqual({line: 1, time, zone: 0, status: 0, client: "192.0.2.1"});
});

test("combined reads lines that end in CR LF, blank lines and a line of 5,000 characters", () => {
  const long = line.replace("/a?b=c", `/${"x".repeat(5000)}`);
  const {requests, passedOver} = readLog(combined, `${line}\r\n\r\n${long}\r\n  \n${line}`);
  expect(requests.map(({agent}) => agent)).toEqual(new Array(3).fill("Mozilla/5.0 (X11)"));
  expect(requests[1]!.target).toHaveLength(5001);
  expect(passedOver).toEqual({"blank line": 2});
});

test("combined undoes what Apache and nginx escape", () => {
  const request = requestOf(
    String.raw`192.0.2.1 - a\"b\\c [17/May/2026:10:05:03 +0000] "GET /\"q\"\t\x22\xc3\xa4\\ HTTP/1.1" 200 1 "\\" "a \"b\" \q \xzz"`
  );
  expect(request).toMatchObject({
    user: 'a"b\\c',
    method: "GET",
    target: '/"q"\t"ä\\',
    referrer: "\\",
    agent: 'a "b" \\q \\xzz'
  });
});

test("combined keeps the backslash of a Windows domain before a user", () => {
  expect(requestOf(String.raw`192.0.2.1 - LAB\bob ${rest}`)).toMatchObject({user: "LAB\\bob"});
});

test("combined reads a request line that is none as the target alone", () => {
  const of = (request: string) => {
    const {method, target} = requestOf(line.replace("GET /a?b=c HTTP/1.1", request));
    return [method, target];
  };
  expect(of("\\x03")).toEqual([undefined, "\x03"]);
  expect(of("SSH-2.0-Go")).toEqual([undefined, "SSH-2.0-Go"]);
  expect(of("t3 12.1.2")).toEqual([undefined, "t3 12.1.2"]);
  expect(of("27;wget%20http://%s HTTP/1.0")).toEqual([undefined, "27;wget%20http://%s HTTP/1.0"]);
  expect(of("GET HTTP/1.1")).toEqual([undefined, "GET HTTP/1.1"]);
  expect(of("GET /old")).toEqual(["GET", "/old"]);
  expect(of("GET /a b  c HTTP/1.1")).toEqual(["GET", "/a b  c"]);
  expect(of("get  / HTTP/2")).toEqual(["get", "/"]);
  expect(of("CONNECT example.org:443 HTTP/1.1")).toEqual(["CONNECT", "example.org:443"]);
  expect(of("OPTIONS sip:nm SIP/2.0")).toEqual(["OPTIONS", "sip:nm"]);
  expect(of("VERSION-CONTROL /x HTTP/1.1")).toEqual(["VERSION-CONTROL", "/x"]);
  expect(of("")).toEqual([undefined, undefined]);
});

test("combined takes quotes that are not escaped as text where no field can end", () => {
  const of = (request: string, referrer: string, agent: string, trailing = "") =>
    requestOf(`192.0.2.1 - - [17/May/2026:10:05:03 +0000] "${request}" 200 1 "${referrer}" "${agent}"${trailing}`);
  expect(of('GET /?q="a b" HTTP/1.1', "-", "x")).toMatchObject({target: '/?q="a b"', agent: "x"});
  expect(of("GET / HTTP/1.1", 'http://a/?q="b" c', "x")).toMatchObject({referrer: 'http://a/?q="b" c', agent: "x"});
  expect(of("GET / HTTP/1.1", "-", 'a "b" c')).toMatchObject({agent: 'a "b" c'});
  expect(of("GET / HTTP/1.1", "-", 'a "b"c', ' "192.0.2.9"')).toMatchObject({agent: 'a "b"c', forwarded: "192.0.2.9"});
  expect(of("GET / HTTP/1.1", "-", '"quoted"')).toMatchObject({agent: '"quoted"'});
  expect(of("GET / HTTP/1.1", "C:\\", "x\\")).toMatchObject({referrer: "C:\\", agent: "x\\"});
});

test("combined reads a line that is wrapped in quotes as a whole", () => {
  const quoted = line.replace("GET /a", 'GET /\\"a');
  const expected = requestOf(quoted);
  expect(expected.target).toBe('/"a?b=c');
  expect(requestOf(`"${quoted}"`)).toEqual(expected);
  expect(requestOf(`"${quoted.replaceAll('"', '""')}"`)).toEqual(expected);
  expect(requestOf(`"${quoted.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`)).toEqual(expected);
  expect(requestOf(`"${line.replace("Mozilla/5.0 (X11)", "").replaceAll('"', '""')}"`)).not.toHaveProperty("agent");
});

test("combined reads clients by name, by IPv6, in quotes, with a port, and lists of them", () => {
  const of = (client: string) => {
    const request = requestOf(`${client} - - ${rest}`);
    return [request.client, request.forwarded];
  };
  expect(of("client.example.net")).toEqual(["client.example.net", undefined]);
  expect(of("2001:db8::1")).toEqual(["2001:db8::1", undefined]);
  expect(of("::1")).toEqual(["::1", undefined]);
  expect(of("::ffff:192.0.2.1")).toEqual(["::ffff:192.0.2.1", undefined]);
  expect(of("[2001:db8::1]:5000")).toEqual(["2001:db8::1", undefined]);
  expect(of("192.0.2.1:5000")).toEqual(["192.0.2.1", undefined]);
  expect(of('"192.0.2.1"')).toEqual(["192.0.2.1", undefined]);
  expect(of("unix:")).toEqual(["unix:", undefined]);
  expect(of("-")).toEqual([undefined, undefined]);
  expect(of("192.0.2.1, 198.51.100.7")).toEqual(["192.0.2.1", "192.0.2.1, 198.51.100.7"]);
  expect(of("192.0.2.1,198.51.100.7")).toEqual(["192.0.2.1", "192.0.2.1,198.51.100.7"]);
  expect(of("2001:db8::1, 192.0.2.7 10.0.0.1")).toEqual(["10.0.0.1", "2001:db8::1, 192.0.2.7"]);
  expect(of('"192.0.2.1, 192.0.2.7" 10.0.0.1')).toEqual(["10.0.0.1", "192.0.2.1, 192.0.2.7"]);
  expect(of('example.org "192.0.2.1, 192.0.2.7" 10.0.0.1')).toEqual(["10.0.0.1", "192.0.2.1, 192.0.2.7"]);
  expect(of('"192.0.2.1, 2001:db8::7"')).toEqual(["192.0.2.1", "192.0.2.1, 2001:db8::7"]);
});

test("combined reads users with spaces and brackets, and a line without ident and user", () => {
  expect(requestOf(`192.0.2.1 - Ann Lee [x] ${rest}`)).toMatchObject({client: "192.0.2.1", user: "Ann Lee [x]"});
  expect(requestOf(`192.0.2.1 id ann ${rest}`)).toMatchObject({client: "192.0.2.1", user: "ann"});
  expect(requestOf(`192.0.2.1 ${rest}`)).not.toHaveProperty("user");
});

test("combined reads the site where lighttpd writes it in the ident’s place", () => {
  expect(requestOf(`192.0.2.1 example.org - ${rest}`)).toMatchObject({client: "192.0.2.1", host: "example.org"});
  expect(requestOf(`192.0.2.1 example.org Ann Lee ${rest}`)).toMatchObject({host: "example.org", user: "Ann Lee"});
});

test("combined reads times of any zone, months in any case, leap days and other clocks", () => {
  const of = (time: string) => {
    const {requests, rejects} = readLog(combined, line.replace("17/May/2026:10:05:03 +0000", time));
    return requests[0] ? [new Date(requests[0].time as number).toISOString(), requests[0].zone] : rejects[0]![1];
  };
  expect(of("17/MAY/2026:10:05:03 +0530")).toEqual(["2026-05-17T04:35:03.000Z", 330]);
  expect(of("01/jan/2026:00:30:00 -0130")).toEqual(["2026-01-01T02:00:00.000Z", -90]);
  expect(of("29/Feb/2024:23:59:60 +0000")).toEqual(["2024-03-01T00:00:00.000Z", 0]);
  expect(of("17/May/2026:10:05:03.250 +0000")).toEqual(["2026-05-17T10:05:03.250Z", 0]);
  expect(of("17/May/2026:10:05:03")).toEqual(["2026-05-17T10:05:03.000Z", 0]);
  expect(of("17/May/2026 10:05:03")).toEqual(["2026-05-17T10:05:03.000Z", 0]);
  expect(of("17/May/2026:10:05:03 +05:30")).toEqual(["2026-05-17T04:35:03.000Z", 330]);
  expect(of("2026-05-17T10:05:03+02:00")).toEqual(["2026-05-17T08:05:03.000Z", 120]);
  expect(of("2026-05-17 10:05:03.5 +0200")).toEqual(["2026-05-17T08:05:03.500Z", 120]);
  expect(of("1778991903.125")).toEqual(["2026-05-17T04:25:03.125Z", 0]);
  expect(of("05/17/2026:10:05:03 -0130")).toEqual(["2026-05-17T11:35:03.000Z", -90]);
  for (const wrong of ["17/05/2026:10:05:03 +0000", "02/29/2026:10:05:03 +0000"])
    expect(of(wrong)).toBe("invalid time");
  for (const wrong of ["29/Feb/2026:10:05:03 +0000", "31/Apr/2026:10:05:03 +0000", "00/May/2026:10:05:03 +0000"])
    expect(of(wrong)).toBe("invalid time");
  for (const wrong of ["17/Mai/2026:10:05:03 +0000", "17/May/2026:24:05:03 +0000", "17/May/2026:10:60:03 +0000"])
    expect(of(wrong)).toBe("invalid time");
  for (const wrong of ["17/May/2026:10:05:61 +0000", "17/May/2026:10:05:03 +0060", "17/May/2026:10:05:03 0000", "1"])
    expect(of(wrong)).toBe("invalid time");
  for (const none of ["x", ""]) expect(of(none)).toBe("no time");
});

test("combined takes each line’s own day, also where times do not ascend", () => {
  const days = ["17/May/2026", "18/May/2026", "17/May/2026", "17/May/2025", "17/Mar/2026"];
  const {requests} = readLog(combined, days.map((day) => line.replace("17/May/2026", day)).join("\n"));
  expect(requests.map(({time}) => new Date(time as number).toISOString().slice(0, 10))).toEqual([
    "2026-05-17",
    "2026-05-18",
    "2026-05-17",
    "2025-05-17",
    "2026-03-17"
  ]);
});

test("combined passes over fields behind the agent, of which a quoted list of addresses is X-Forwarded-For", () => {
  const of = (trailing: string) => {
    const {agent, forwarded} = requestOf(`${line} ${trailing}`);
    expect(agent).toBe("Mozilla/5.0 (X11)");
    return forwarded;
  };
  expect(of('"198.51.100.7"')).toBe("198.51.100.7");
  expect(of('"198.51.100.7, unknown, 2001:db8::1"')).toBe("198.51.100.7, unknown, 2001:db8::1");
  expect(of('"-"')).toBeUndefined();
  expect(of('"unknown"')).toBeUndefined();
  expect(of('0.003 "198.51.100.7" "-"')).toBe("198.51.100.7");
  expect(of('"2.61"')).toBeUndefined();
  expect(of('rt=0.003 uct="0.1" "198.51.100.7"')).toBe("198.51.100.7");
  expect(of('12 "site@docker" "http://192.0.2.80:80" 5ms')).toBeUndefined();
  expect(of("512 0.004 [site-80] [] 192.0.2.80:80 11 0.004 200 abc")).toBeUndefined();
});

test("combined reads fields between bytes and referrer, and one text where two are usual", () => {
  const start = '192.0.2.1 - - [17/May/2026:10:05:03 +0000] "GET / HTTP/1.1" 200 1';
  expect(requestOf(`${start} 0.003 - "http://a/" "x"`)).toMatchObject({referrer: "http://a/", agent: "x"});
  expect(requestOf(`${start} "http://a/"`)).toMatchObject({referrer: "http://a/"});
  expect(requestOf(`${start} "curl/8"`)).toMatchObject({agent: "curl/8"});
  expect(requestOf(`${start} "198.51.100.7"`)).toMatchObject({forwarded: "198.51.100.7"});
  expect(requestOf(`${start} 0.003`)).toEqual({
    line: 1,
    time,
    zone: 0,
    status: 200,
    size: 1,
    client: "192.0.2.1",
    method: "GET",
    target: "/"
  });
});

test("combined passes over up to two words between the time and the request", () => {
  for (const between of ["example.org", "(0 s)"]) {
    expect(requestOf(line.replace('] "', `] ${between} "`))).toEqual(requestOf(line));
  }
  const s3 = line.replace('] "', '] 192.0.2.3 - 3E57427F3EXAMPLE WEBSITE.GET.OBJECT a "');
  expect(readLog(combined, s3).rejects[0]![1]).toBe("no request");
});

test("vhostCombined reads the site before the client", () => {
  const of = (line: string) => {
    const {host, client, user} = readLog(vhostCombined, line).requests[0]!;
    return [host, client, user];
  };
  expect(of(`example.org:443 ${line}`)).toEqual(["example.org:443", "192.0.2.1", undefined]);
  expect(of(`example.org ${line}`)).toEqual(["example.org", "192.0.2.1", undefined]);
  expect(of(`[2001:db8::5]:80 2001:db8::1 - - ${rest}`)).toEqual(["[2001:db8::5]:80", "2001:db8::1", undefined]);
  expect(of(`192.0.2.5:80 client.example.net - - ${rest}`)).toEqual(["192.0.2.5:80", "client.example.net", undefined]);
  expect(of(`example.org:80 localhost - - ${rest}`)).toEqual(["example.org:80", "localhost", undefined]);
  expect(of(`example.org:80 192.0.2.1 - Ann Lee ${rest}`)).toEqual(["example.org:80", "192.0.2.1", "Ann Lee"]);
  expect(of(`example.org:80 192.0.2.1, 192.0.2.2 - - ${rest}`)).toEqual(["example.org:80", "192.0.2.1", undefined]);
});

test("combined reads lines behind the words of syslog and of containers", () => {
  const expected = requestOf(line);
  expect(requestOf(`May 17 10:05:04 web1 nginx: ${line}`)).toEqual(expected);
  expect(requestOf(`<190>May  7 10:05:04 web1 nginx[12]: ${line}`)).toEqual(expected);
  expect(requestOf(`2026-05-17T10:05:04.003+02:00 web1 nginx: ${line}`)).toEqual(expected);
  expect(requestOf(`<190>1 2026-05-17T10:05:04.003Z web1 nginx 12 - - ${line}`)).toEqual(expected);
  expect(requestOf(`2026-05-17T10:05:04.003123Z stdout F ${line}`)).toEqual(expected);
  expect(requestOf(`2026-05-17T10:05:04.003123Z ${line}`)).toEqual(expected);
  expect(requestOf(`web-1  | ${line}`)).toEqual(expected);
});

test("combined rejects what is no request, with the reason", () => {
  const of = (line: string) => readLog(combined, line).rejects[0]?.[1];
  expect(of("hello world")).toBe("no time");
  expect(of("[Wed Oct 11 14:32:52 2000] [core:error] [client 192.0.2.1] x")).toBe("no time");
  expect(of("192.0.2.1 - - [17/May/2026:10:05:03 +0000")).toBe("no time");
  expect(of("192.0.2.1 - - [17/May/2026:10:05:03 +0000]")).toBe("cut short");
  expect(of("192.0.2.1 - - [17/May/2026:10:05:03 +0000] GET /")).toBe("no request");
  expect(of('192.0.2.1 - - [17/May/2026:10:05:03 +0000] "GET / HTT')).toBe("cut short");
  expect(of('192.0.2.1 - - [17/May/2026:10:05:03 +0000] "GET / HTTP/1.1"')).toBe("cut short");
  expect(of('192.0.2.1 - - [17/May/2026:10:05:03 +0000] "GET / HTTP/1.1" 200')).toBe("cut short");
  expect(of('192.0.2.1 - - [17/May/2026:10:05:03 +0000] "GET / HTTP/1.1" ok 1')).toBe("invalid status");
  expect(of('192.0.2.1 - - [17/May/2026:10:05:03 +0000] "GET / HTTP/1.1" 200 1x')).toBe("invalid size");
  expect(of(line.slice(0, -5))).toBe("cut short");
  expect(of(line.slice(0, -25))).toBe("cut short");
  expect(of("x".repeat(longest + 1))).toBe("too long");
});

test("combined reads what Apache makes of any request", () => {
  const text = fc.string({unit: "binary", minLength: 2});
  const target = fc.string({unit: "binary-ascii"}).map((path) => `/${path.replace(/ +$/, "")}`);
  fc.assert(
    fc.property(text, target, text, text, fc.nat(999), fc.nat(), (user, target, referrer, agent, status, size) => {
      const name = `u${user.replace(/[\s[\]"]/g, "")}`;
      const [who, request, from, by] = [name, `PUT ${target} HTTP/1.1`, referrer, agent].map(escaped);
      const line = `192.0.2.1 - ${who} [17/May/2026:10:05:03 +0000] "${request}" ${status} ${size} "${from}" "${by}"`;
      const expected = {time, status, size, client: "192.0.2.1", method: "PUT", target, referrer, agent};
      expect(requestOf(line)).toMatchObject(expected);
    })
  );
});

test("combined, common and vhostCombined are total, however the bytes come", () => {
  const log = `${line}\nexample.org:80 ${line} "198.51.100.7"\r\n"${line.replaceAll('"', '""')}"\n${line.replace("a?b", '\\"\\x03')}\n`;
  for (const format of [common, combined, vhostCombined]) expectTotal(format, log);
});

test("combined takes no longer than a line’s length allows", () => {
  for (const part of ['" ', '"', "\\", "[", ' ["', '"" ', "1 ", '" "-" ', ", ", ' a="']) {
    for (const start of ["", `${line.slice(0, -1)}`, '192.0.2.1 - - [17/May/2026:10:05:03 +0000] "']) {
      readLog(combined, start + part.repeat((longest - 200) / part.length));
    }
  }
}, 20_000);

test("common, combined and vhostCombined match what most lines are", () => {
  const short = '192.0.2.1 - - [17/May/2026:10:05:03 +0000] "GET / HTTP/1.1" 200 1';
  expect(matching(line)).toEqual(["combined"]);
  expect(matching(`${line} "198.51.100.7"`)).toEqual(["combined"]);
  expect(matching(short)).toEqual(["common"]);
  expect(matching(`example.org:80 ${line}`)).toEqual(["vhost-combined"]);
  expect(matching(`example.org:80 ${short}`)).toEqual(["vhost-combined"]);
  expect(matching(`broken\n${line}\n${line}\n${short}`)).toEqual(["combined"]);
  expect(matching(`"${line.replaceAll('"', '""')}"`)).toEqual(["combined"]);
  for (const other of [
    "",
    "a,b,c\n1,2,3",
    "[Wed Oct 11 14:32:52 2000] [error] [client 192.0.2.1] File does not exist: /x",
    '2026/05/17 10:05:03 [error] 12#0: *1 open() "/x" failed',
    "Oct 11 22:14:15 host sshd[1]: Failed password for root from 192.0.2.1 port 22 ssh2",
    "#separator \\x09\n#path\thttp",
    `${line}\nnot\nnot`,
    `[10/May/2026:10:05:03 +0000] - 404 404 - GET http example.org "/x" [Client 192.0.2.1] [Length 192] "x" "-"`,
    `${"0".repeat(64)} bucket [06/Feb/2026:00:00:38 +0000] 192.0.2.3 id ID REST.GET - "GET /a HTTP/1.1" 200 - 1 - 7 - "-" "x" -`
  ])
    expect(matching(other)).toEqual([]);
});

const rest = line.slice(line.indexOf("["));

function requestOf(line: string): Record<string, unknown> {
  const {requests, rejects} = readLog(combined, line);
  expect(rejects).toEqual([]);
  return requests[0]!;
}

function matching(text: string): string[] {
  const head = headOf(new TextEncoder().encode(text), true);
  return [common, combined, vhostCombined].filter(({matches}) => matches(head)).map(({name}) => name);
}

/** As Apache writes texts that come from a client. */
function escaped(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === "\\") return `\\${character}`;
    if (character === "\n") return "\\n";
    if (character === "\t") return "\\t";
    return byte < 32 || byte > 126 ? `\\x${byte.toString(16).padStart(2, "0")}` : character;
  }).join("");
}
