import {closeSync, openSync, writeSync} from "node:fs";
import {randomSource} from "../../lib/random.js";

/** Writes a conn.log of Zeek with so many connections of 500 hosts to 2,000 servers, twenty a second. */
export function writeZeekLog(path: string, rows: number, seed = 1): void {
  const random = randomSource(seed);
  const below = (most: number) => Math.floor(random() * most);
  const file = openSync(path, "w");
  writeSync(file, header);
  for (let row = 0; row < rows; ) {
    let text = "";
    for (const end = Math.min(rows, row + 5000); row < end; ++row) {
      const [port, protocol, service] = services[below(services.length)]!;
      const host = below(500);
      const server = Math.floor(2000 * random() ** 3);
      const time = (1_767_607_200 + row / 20).toFixed(6);
      const [out, back] = [below(2000), Math.floor(50_000 * random() ** 4)];
      const state = random() < 0.04 ? "S0" : "SF";
      text += `${time}\tC${row.toString(36)}\t10.0.${host >> 8}.${host & 255}\t${1024 + below(60_000)}\t93.184.${server >> 8}.${server & 255}\t${port}\t${protocol}\t${service}\t${(10 * random() ** 3).toFixed(6)}\t${out}\t${back}\t${state}\tT\tF\t0\tShADadFf\t${4 + below(9)}\t${out + 400}\t${3 + below(9)}\t${back + 300}\t-\n`;
    }
    writeSync(file, text);
  }
  closeSync(file);
}

const services = [
  [443, "tcp", "ssl"],
  [80, "tcp", "http"],
  [53, "udp", "dns"],
  [22, "tcp", "ssh"]
] as const;

const columns = [
  ["ts", "time"],
  ["uid", "string"],
  ["id.orig_h", "addr"],
  ["id.orig_p", "port"],
  ["id.resp_h", "addr"],
  ["id.resp_p", "port"],
  ["proto", "enum"],
  ["service", "string"],
  ["duration", "interval"],
  ["orig_bytes", "count"],
  ["resp_bytes", "count"],
  ["conn_state", "string"],
  ["local_orig", "bool"],
  ["local_resp", "bool"],
  ["missed_bytes", "count"],
  ["history", "string"],
  ["orig_pkts", "count"],
  ["orig_ip_bytes", "count"],
  ["resp_pkts", "count"],
  ["resp_ip_bytes", "count"],
  ["tunnel_parents", "set[string]"]
];

const header = `#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n#fields\t${columns
  .map(([name]) => name)
  .join("\t")}\n#types\t${columns.map(([, type]) => type).join("\t")}\n`;
