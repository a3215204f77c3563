import {expect, test} from "vitest";
import {combined} from "../../lib/formats/accessLog.js";
import {detectFormat} from "../../lib/formats/detectFormat.js";
import {inTimeOrder} from "../../lib/formats/firstTime.js";
import {headOf} from "../../lib/formats/format.js";
import {formats} from "../../lib/formats/formats.js";
import {readReport} from "../../lib/formats/readReport.js";
import {suricataEve} from "../../lib/formats/suricata.js";
import {zeekConn, zeekDns} from "../../lib/formats/zeek.js";
import {InputError} from "../../lib/inputError.js";
import {concatTables} from "../../lib/traffic/concatTables.js";
import {Ingest} from "../../lib/traffic/ingest.js";
import {categories, numbers, type Table} from "../../lib/traffic/table.js";

const monday = access(["10.0.0.1", "09:00:00", "/"], ["10.0.0.1", "09:10:00", "/a"], ["10.0.0.2", "09:11:00", "/b"]);
const later = access(["10.0.0.1", "09:20:00", "/c"], ["10.0.0.1", "11:00:00", "/d"]);

test("Ingest reads several files as one stream: a session goes on from one to the next", () => {
  const ingest = new Ingest({}, 2);
  const table = read(ingest, [
    ["a.log", monday],
    ["b.log", later]
  ]);
  expect(ingest.kind).toBe("sessions");
  const names = categories(table, "source_file");
  const rows = [...numbers(table, "requests")].map((requests, row) => [requests, names.values[names.codes[row]!]]);
  expect(rows.sort()).toEqual([
    [1, "a.log"],
    [1, "b.log"],
    [3, "a.log"]
  ]);
  expect(ingest.reports().map(({file, records}) => [file, records])).toEqual([
    ["a.log", 3],
    ["b.log", 2]
  ]);
});

test("Ingest of several files names them in the batches that the first fills, too", () => {
  const many = Array.from({length: 9000}, (_, i) => {
    const [minute, second] = [Math.floor(i / 60) % 60, i % 60].map((part) => `${part}`.padStart(2, "0"));
    return [`10.1.${i >> 8}.${i & 255}`, `${10 + Math.floor(i / 3600)}:${minute}:${second}`, "/"] as const;
  });
  const ingest = new Ingest({}, 2);
  const table = read(ingest, [
    ["a.log", access(...many)],
    ["b.log", access(["10.0.0.1", "13:00:00", "/"])]
  ]);
  const {codes, values} = categories(table, "source_file");
  expect(table.rows).toBe(9001);
  expect(values).toEqual(["a.log", "b.log"]);
  expect(codes.filter((code) => code === 0).length).toBe(9000);
});

test("Ingest of one file says no file’s name in its rows", () => {
  const table = read(new Ingest(), [["a.log", monday]]);
  expect(table.columns.source_file).toBeUndefined();
  expect(table.rows).toBe(2);
});

test("Ingest counts every line as a record, a reject or passed over", () => {
  const ingest = new Ingest();
  read(ingest, [["a.log", `${monday}nonsense\n\nmore nonsense\n`]]);
  const [{records, rejects, passedOver}] = ingest.reports() as [ReturnType<Ingest["reports"]>[0]];
  expect(records).toBe(3);
  expect(rejects).toMatchObject([{line: 4, lines: [4, 6], count: 2, sample: "nonsense"}]);
  expect(passedOver).toEqual([{what: "blank line", count: 1}]);
});

test("Ingest refuses logs that do not go together, and those that hold neither requests nor flows", () => {
  const ingest = new Ingest();
  ingest.begin("a.log", combined);
  expect(() => ingest.begin("b.log", zeekConn)).toThrow(
    new InputError("b.log: expected requests as in a.log, got flows")
  );
  expect(() => new Ingest().begin("dns.log", zeekDns)).toThrow(/^dns.log: a Zeek .* holds neither requests nor flows$/);
  expect(() => new Ingest({rows: "flows"}).begin("a.log", combined)).toThrow(/^a.log: an? .* holds no flows$/);
});

test("Ingest makes of events what the reader wants: flows, or sessions of their requests", () => {
  const common = {
    timestamp: "2026-01-05T10:00:00.000000+0000",
    src_ip: "10.0.0.1",
    src_port: 1,
    dest_ip: "10.0.0.2",
    dest_port: 80
  };
  const events = [
    {...common, event_type: "http", proto: "TCP", http: {hostname: "a", url: "/", http_method: "GET", status: 200}},
    {
      ...common,
      event_type: "flow",
      proto: "TCP",
      flow_id: 1,
      flow: {
        pkts_toserver: 3,
        pkts_toclient: 2,
        bytes_toserver: 300,
        bytes_toclient: 200,
        start: common.timestamp,
        end: common.timestamp,
        state: "closed"
      }
    }
  ];
  const text = events.map((event) => `${JSON.stringify(event)}\n`).join("");
  const rows = (wanted?: "sessions" | "flows") => {
    const ingest = new Ingest(wanted === undefined ? {} : {rows: wanted});
    const table = read(ingest, [["eve.json", text]]);
    return [ingest.kind, table.rows, ingest.reports()[0]!.records];
  };
  expect(detectFormat(headOf(utf8(text), true))).toBe(suricataEve);
  expect([rows(), rows("flows"), rows("sessions")]).toEqual([
    ["flows", 1, 2],
    ["flows", 1, 2],
    ["sessions", 1, 2]
  ]);
});

test("inTimeOrder(files) sorts by first times, and leaves those without behind the one before", () => {
  const head = (text: string) => headOf(utf8(text), true);
  const files = [
    {name: "late", format: combined, head: head(later)},
    {name: "none", format: combined, head: head("nothing\n")},
    {name: "early", format: combined, head: head(monday)}
  ];
  expect(inTimeOrder(files).map(({name}) => name)).toEqual(["early", "late", "none"]);
});

test("formats have names of their own, and say what they hold", async () => {
  expect(new Set(formats.map(({name}) => name)).size).toBe(formats.length);
  async function* nothing() {}
  for (const format of formats) {
    expect(await readReport("empty", format, nothing())).toMatchObject({records: 0, rejects: [], format: format.name});
  }
});

test.each(["", "\n", "a,b\n1,2\n", "\0\0\0\0", "{}\n", "<html>", "hello world\nhow are you\n"])(
  "detectFormat(head) knows that %j is no log",
  (text) => {
    expect(detectFormat(headOf(utf8(text), true))).toBeNull();
  }
);

function read(ingest: Ingest, files: readonly (readonly [name: string, text: string])[]): Table {
  const tables: Table[] = [];
  const take = () => {
    for (let table = ingest.take(); table !== null; table = ingest.take()) tables.push(table);
  };
  for (const [name, text] of files) {
    ingest.begin(name, detectFormat(headOf(utf8(text), true))!);
    ingest.push(utf8(text));
    take();
    ingest.endFile();
  }
  ingest.end();
  take();
  return concatTables(tables);
}

function access(...requests: readonly (readonly [client: string, time: string, path: string])[]): string {
  return requests
    .map(([client, time, path]) => `${client} - - [05/Jan/2026:${time} +0000] "GET ${path} HTTP/1.1" 200 5 "-" "x"\n`)
    .join("");
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
