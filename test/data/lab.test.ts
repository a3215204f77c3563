import {readFileSync, statSync} from "node:fs";
import {gunzipSync} from "node:zlib";
import {expect, test} from "vitest";

const folder = "data/lab";
const log = gunzipSync(readFileSync(`${folder}/access.log.gz`)).toString("latin1");
const requests = log.trimEnd().split("\n").map(requestOf);
const capture = gunzipSync(readFileSync(`${folder}/capture.pcap.gz`));
const packets = packetsOf(capture);
const [header, ...lines] = readFileSync(`${folder}/labels.csv`, "utf8").trimEnd().split("\n");
const labels = lines.map((line) => line.split(",") as [client: string, kind: string, fake: string, tool: string]);
const kindOf = new Map(labels.map(([client, kind]) => [client, kind]));

const genuine = [
  ...["backup", "browser", "clock", "copy", "crawler", "download", "feed-reader", "link-checker", "resolver", "script"],
  ...["sensor", "shell", "subscriber", "text-browser", "uptime-monitor"]
];
const malicious = [
  ...[
    "address-sweep",
    "beacon",
    "directory-scan",
    "dns-tunnel",
    "exfiltration",
    "exploit-probe",
    "fast-scraper",
    "flood"
  ],
  ...["password-guessing", "port-scan", "slow-loris", "slow-scraper", "sql-injection", "ssh-guessing", "syn-flood"],
  "vulnerability-scan"
];

test("the lab’s labels give each client one kind, and each kind is genuine or fake", () => {
  expect(header).toBe("client,kind,fake_traffic,tool");
  expect(kindOf.size).toBe(labels.length);
  const kinds = (fake: string) => [...new Set(labels.filter((d) => d[2] === fake).map((d) => d[1]))].sort();
  expect(kinds("0")).toEqual(genuine);
  expect(kinds("1")).toEqual(malicious);
});

test("the lab’s genuine clients outnumber its malicious ones two to one", () => {
  const fakes = labels.filter((d) => d[2] === "1").length;
  expect(fakes).toBeGreaterThanOrEqual(20);
  expect(labels.length - fakes).toBeGreaterThan(2 * fakes);
});

test("the lab’s access log is in combined format and holds requests of labelled clients alone", () => {
  expect(requests.filter((d) => d === null)).toEqual([]);
  expect([...new Set(requests.map((d) => d!.client))].filter((d) => !kindOf.has(d))).toEqual([]);
});

test("the lab’s capture holds flows of labelled clients alone: one end of each packet has a label", () => {
  const servers = new Set(packets.flatMap((d) => [d.from, d.to]).filter((d) => !kindOf.has(d)));
  expect([...servers].filter((d) => !/^127\.(0\.0\.1|1\.0\.\d+)$/.test(d))).toEqual([]);
  expect(packets.filter((d) => !kindOf.has(d.from) && !kindOf.has(d.to)).length).toBe(0);
});

test("each client with a label in the lab sent something", () => {
  const seen = new Set(packets.map((d) => d.from));
  expect([...kindOf.keys()].filter((d) => !seen.has(d))).toEqual([]);
});

test("the lab’s log and capture are of the same minutes", () => {
  const times = requests.map((d) => d!.time);
  const [first, last] = [packets[0]!.time, packets.at(-1)!.time];
  expect(last - first).toBeGreaterThan(10 * 60_000);
  expect(last - first).toBeLessThan(20 * 60_000);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(first - 1000);
  expect(Math.max(...times)).toBeLessThanOrEqual(last + 20_000);
});

test("the lab’s files stay small", () => {
  expect(statSync(`${folder}/access.log.gz`).size).toBeLessThan(500_000);
  expect(statSync(`${folder}/capture.pcap.gz`).size).toBeLessThan(3_500_000);
});

test("the lab’s packets keep no more than 96 bytes", () => {
  expect(Math.max(...packets.map((d) => d.kept))).toBe(96);
});

function requestOf(line: string): {client: string; time: number} | null {
  const [, client, day, clock, zone] =
    /^(127(?:\.\d+){3}) - - \[(\d+\/\w+\/\d+):(\S+) (\S+)\] "[^"]*" \d{3} \d+ "[^"]*" "[^"]*"$/.exec(line) ?? [];
  const time = Date.parse(`${day?.replaceAll("/", " ")} ${clock} ${zone}`);
  return client === undefined || Number.isNaN(time) ? null : {client, time};
}

/** Every record of a little-endian pcap file of Ethernet frames; all must be IPv4. */
function packetsOf(file: Buffer): {time: number; kept: number; from: string; to: string}[] {
  const packets = [];
  expect(file.readUInt32LE(0)).toBe(0xa1b2c3d4);
  let i = 24;
  while (i + 16 <= file.length) {
    const time = file.readUInt32LE(i) * 1000 + file.readUInt32LE(i + 4) / 1000;
    const kept = file.readUInt32LE(i + 8);
    const frame = file.subarray(i + 16, i + 16 + kept);
    expect(frame.readUInt16BE(12)).toBe(0x0800);
    packets.push({time, kept, from: frame.subarray(26, 30).join("."), to: frame.subarray(30, 34).join(".")});
    i += 16 + kept;
  }
  expect(i).toBe(file.length);
  return packets;
}
