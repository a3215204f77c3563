import {expect, test} from "vitest";
import {headOf} from "../../lib/formats/format.js";
import {zeekConn, zeekDns, zeekHttp, zeekOther, zeekSsl} from "../../lib/formats/zeek.js";
import {expectTotal} from "./hostile.js";
import {readLog} from "./readLog.js";

const conn = `#separator \\x09
#set_separator	,
#empty_field	(empty)
#unset_field	-
#path	conn
#open	2026-03-02-10-00-00
#fields	ts	uid	id.orig_h	id.orig_p	id.resp_h	id.resp_p	proto	service	duration	orig_bytes	resp_bytes	conn_state	history	orig_pkts	orig_ip_bytes	resp_pkts	resp_ip_bytes	tunnel_parents
#types	time	string	addr	port	addr	port	enum	string	interval	count	count	string	string	count	count	count	count	set[string]
1772445600.706265	Cab1	192.0.2.10	1032	198.51.100.1	80	tcp	http	0.447460	601	38393	RSTO	ShADadR	22	1489	31	39641	(empty)
1772445601.000000	Cab2	192.0.2.10	1033	198.51.100.1	22	tcp	-	-	-	-	S0	S	1	60	0	0	-
1772445602.5	Cab3	2001:db8::1	128	2001:db8::2	129	icmp	-	1.000000	56	56	OTH	-	1	104	1	104	(empty)
1772445603.000000	Cab4	192.0.2.10	0	198.51.100.1	0	unknown_transport	-	-	-	-	OTH	-	1	20	0	0	-
#close	2026-03-02-11-00-00
`;

test("zeekConn reads rows as flows, with bytes of IP packets and flags from the history", () => {
  const {flows, rejects, passedOver} = readLog(zeekConn, conn);
  expect(rejects).toEqual([]);
  expect(passedOver).toEqual({header: 9});
  expect(flows).toEqual([
    {
      line: 9,
      time: 1772445600706.265,
      duration: 0.44746,
      protocol: 6,
      sourcePort: 1032,
      destinationPort: 80,
      sourcePackets: 22,
      sourceBytes: 1489,
      destinationPackets: 31,
      destinationBytes: 39641,
      sourceFlags: 22,
      destinationFlags: 18,
      source: "192.0.2.10",
      destination: "198.51.100.1",
      service: "http",
      state: "RSTO",
      history: "ShADadR",
      id: "Cab1"
    },
    expect.objectContaining({duration: 0, sourceBytes: 60, sourceFlags: 2, destinationFlags: 0, state: "S0"}),
    expect.objectContaining({time: 1772445602500, protocol: 58, sourcePort: 128, destinationPort: 129}),
    expect.not.objectContaining({protocol: expect.anything(), history: expect.anything()})
  ]);
});

test("zeekConn knows addresses by the other names that Zeek can be told to write", () => {
  const {flows} = readLog(zeekConn, conn);
  const underscored = conn.replaceAll("id.orig_", "id_orig_").replaceAll("id.resp_", "id_resp_");
  expect(readLog(zeekConn, underscored).flows).toEqual(flows);
  const mapped = conn.replace(/id.orig_h.*id.resp_p/, "src_ip\tsrc_port\tdst_ip\tdst_port");
  expect(readLog(zeekConn, mapped).flows).toEqual(flows);
});

test("zeekConn takes payload bytes where a log has no others", () => {
  const log = conn.replace("orig_ip_bytes", "other").replace("resp_ip_bytes", "another");
  expect(readLog(zeekConn, log).flows[0]).toMatchObject({sourceBytes: 601, destinationBytes: 38393});
});

test("zeekConn reads any separator, however the header writes it", () => {
  const {flows} = readLog(zeekConn, conn);
  expect(readLog(zeekConn, conn.replace("#separator \\x09", "#separator\t\\x09")).flows).toEqual(flows);
  expect(readLog(zeekConn, conn.replace("#separator \\x09", "#separator \t")).flows).toEqual(flows);
  expect(readLog(zeekConn, conn.replace("#separator \\x09", "#separator\t\t")).flows).toEqual(flows);
  expect(readLog(zeekConn, conn.replace("#separator \\x09", "#separator \\t")).flows).toEqual(flows);
  for (const [separator, written] of [
    [" ", "\\x20"],
    ["|", "|"],
    [";", "\\x3b"]
  ] as const) {
    const log = conn.replaceAll("\t", separator).replace("\\x09", written);
    expect(readLog(zeekConn, log).flows).toEqual(flows);
    expect(zeekConn.matches(headOf(new TextEncoder().encode(log), true))).toBe(true);
  }
});

test("zeekConn follows headers that recur with other columns and other logs", () => {
  const fields = "#fields	_node_name	id.resp_h	id.orig_h	ts	proto	conn_state";
  const log = `${conn}#separator \\x09
#path	conn
${fields}
worker-1	198.51.100.9	192.0.2.9	1772445700.000000	udp	SF
#separator \\x09
#path	http
#fields	ts	id.orig_h	trans_depth	method	uri	status_code
1772445701.000000	192.0.2.9	1	GET	/	200
#path	dns
#fields	ts	query
1772445702.000000	example.org
`;
  const {flows, requests, rejects, passedOver} = readLog(zeekConn, log);
  expect(flows.length).toBe(5);
  expect(flows[4]).toEqual({
    line: 17,
    time: 1772445700000,
    protocol: 17,
    source: "192.0.2.9",
    destination: "198.51.100.9",
    state: "SF"
  });
  expect(requests).toMatchObject([{line: 21, client: "192.0.2.9", target: "/", status: 200}]);
  expect(rejects).toEqual([]);
  expect(passedOver).toEqual({header: 17, "dns record": 1});
});

test("zeekConn reads labels of sets whose last columns have three spaces between, in header and rows or in one of them", () => {
  const labelled = (header: string, row: string) => `

#separator \\x09
#path	conn
#fields	ts	id.orig_h	id.resp_h	proto	tunnel_parents${header}label${header}detailed-label
1772445600.0	192.0.2.1	192.0.2.2	tcp	(empty)${row}Malicious${row}PartOfAHorizontalPortScan
1772445601.0	192.0.2.1	192.0.2.2	tcp	-${row}benign${row}-
`;
  for (const header of ["   ", "\t"]) {
    for (const row of ["   ", "\t"]) {
      const {flows, rejects, passedOver} = readLog(zeekConn, labelled(header, row));
      expect(flows.map(({label}) => label)).toEqual(["Malicious", "benign"]);
      expect(rejects).toEqual([]);
      expect(passedOver).toEqual({header: 3, "blank line": 2});
    }
  }
});

test("zeekConn reads a header behind comments and spaces, and names without any other header", () => {
  const {flows} = readLog(zeekConn, conn);
  const logs = [`### a comment\n${conn}`, `\t${conn}`];
  for (const log of logs) {
    expect(zeekConn.matches(headOf(new TextEncoder().encode(log), true))).toBe(true);
    expect(readLog(zeekConn, log).flows.map(({line, ...flow}) => flow)).toEqual(flows.map(({line, ...flow}) => flow));
  }
  const [names, ...rows] = conn.split("\n").filter((line) => /^(#fields|\d)/.test(line));
  for (const separator of ["\t", ",", "|"]) {
    const bare = [names!.replace("#fields\t", ""), ...rows].join("\n").replaceAll("\t", separator);
    expect(zeekConn.matches(headOf(new TextEncoder().encode(bare), true))).toBe(true);
    expect(readLog(zeekConn, bare).flows).toMatchObject(flows.map(({line, ...flow}) => flow));
  }
});

test("zeekConn takes rows with a trailing tab, and whole rows of a last line that is cut", () => {
  const {flows} = readLog(zeekConn, conn);
  expect(readLog(zeekConn, conn.replaceAll("(empty)\n", "(empty)\t\n")).flows).toEqual(flows);
  const rows = conn.slice(0, conn.indexOf("#close"));
  expect(readLog(zeekConn, rows.slice(0, -3)).rejects).toEqual([[12, "too few fields"]]);
  expect(readLog(zeekConn, rows.slice(0, -1)).flows).toEqual(flows);
  expect(readLog(zeekConn, rows.slice(0, rows.lastIndexOf("OTH"))).rejects).toEqual([[12, "too few fields"]]);
});

test("zeekConn takes numbers that cannot be for missing", () => {
  const log = `#fields	ts	id.orig_h	id.orig_p	id.resp_h	duration	orig_bytes	orig_pkts
1772445600.0	192.0.2.1	65536	192.0.2.2	-1.5	${"9".repeat(400)}	-1
`;
  expect(readLog(zeekConn, log).flows).toEqual([
    {line: 2, time: 1772445600000, source: "192.0.2.1", destination: "192.0.2.2"}
  ]);
});

test("zeekConn says why a row is none", () => {
  const log = `192.0.2.1	x
#fields	ts	id.orig_h	id.resp_h	conn_state
soon	192.0.2.1	192.0.2.2	SF
-	192.0.2.1	192.0.2.2	SF
1772445600.0	-	192.0.2.2	SF
1772445600.0	192.0.2.1
`;
  expect(readLog(zeekConn, log).rejects).toEqual([
    [1, "no header"],
    [3, "no time"],
    [4, "no time"],
    [5, "no address"],
    [6, "too few fields"]
  ]);
});

const http = `#separator \\x09
#set_separator	,
#empty_field	(empty)
#unset_field	-
#path	http
#fields	ts	uid	id.orig_h	id.orig_p	id.resp_h	id.resp_p	trans_depth	method	host	uri	referrer	user_agent	request_body_len	response_body_len	status_code	username	password	proxied	tags
#types	time	string	addr	port	addr	port	count	string	string	string	string	string	count	count	count	string	string	set[string]	set[enum]
1772445600.25	Cab1	192.0.2.10	1031	198.51.100.1	80	1	GET	example.org	/a\\x09b?q=\\\\x41	-	Mozilla\\x2f5.0 \\xe2\\x82\\xac <b>	0	184	301	ann	-	VIA -> squid,X-FORWARDED-FOR -> 203.0.113.7\\x2c 203.0.113.8	(empty)
1772445601.25	Cab1	192.0.2.10	1031	198.51.100.1	80	2	-	-	-	-	-	0	0	-	-	-	(empty)	(empty)
`;

test("zeekHttp reads rows as requests, with escapes undone and what proxies forwarded", () => {
  const {requests, passedOver} = readLog(zeekHttp, http);
  expect(requests).toEqual([
    {
      line: 8,
      time: 1772445600250,
      zone: 0,
      status: 301,
      size: 184,
      client: "192.0.2.10",
      forwarded: "203.0.113.7, 203.0.113.8",
      user: "ann",
      method: "GET",
      target: "/a\tb?q=\\x41",
      agent: "Mozilla/5.0 € <b>",
      host: "example.org"
    },
    {line: 9, time: 1772445601250, zone: 0, status: 0, size: 0, client: "192.0.2.10"}
  ]);
  expect(passedOver).toEqual({header: 7});
});

test("Zeek’s formats are told by path, else by fields", () => {
  const formats = [zeekConn, zeekHttp, zeekDns, zeekSsl, zeekOther];
  const told = (log: string) =>
    formats.filter(({matches}) => matches(headOf(new TextEncoder().encode(log), true))).map(({name}) => name);
  expect(told(conn)).toEqual(["zeek-conn"]);
  expect(told(http)).toEqual(["zeek-http"]);
  expect(told(conn.replace("#path	conn\n", ""))).toEqual(["zeek-conn"]);
  expect(told(http.replace("#path	http\n", ""))).toEqual(["zeek-http"]);
  expect(told(`\n${conn}`)).toEqual(["zeek-conn"]);
  expect(told("#separator \\x09\n#path\tdns\n#fields\tts\tquery\n")).toEqual(["zeek-dns"]);
  expect(told("#separator \\x09\n#path\tssl\n#fields\tts\tcipher\n")).toEqual(["zeek-ssl"]);
  expect(told("#separator \\x09\n#path\tweird\n#fields\tts\tname\n")).toEqual(["zeek-other"]);
  expect(told("#Software: Microsoft\n#Fields: date time\n")).toEqual([]);
  expect(told("a\tb\n#fields\tts\n")).toEqual([]);
  expect(told("")).toEqual([]);
});

test("zeekDns and zeekOther pass over rows by the name of their log", () => {
  expect(readLog(zeekDns, "#path\tdns\n#fields\tts\tquery\n1\tx\n2\ty\n").passedOver).toEqual({
    header: 2,
    "dns record": 2
  });
  expect(readLog(zeekOther, "#path\t<b>\n#fields\tts\n1\n").passedOver).toEqual({header: 2, "other record": 1});
});

test("zeekConn and zeekHttp read any bytes, in any pieces", () => {
  expectTotal(zeekConn, conn);
  expectTotal(zeekHttp, http);
});
