import {hasPorts} from "./protocolName.js";

/**
 * What a server’s port is for, as few groups as a forest can learn from: a group of services, “system” for other ports
 * below 1024, “registered” below 32768, “ephemeral” from there, where Linux begins to hand out clients’ ports (others begin
 * at 49152). “no port” for protocols without; null where protocol or port is missing.
 */
export function portGroup(protocol: number, port: number): string | null {
  if (!hasPorts(protocol)) return Number.isNaN(protocol) ? null : "no port";
  if (!(port >= 0 && port <= 65535)) return null;
  return names[groups[port]!] ?? null;
}

const services: Readonly<Record<string, readonly number[]>> = {
  web: [80, 443, 591, 3128, 8000, 8008, 8080, 8081, 8088, 8443, 8888],
  dns: [53, 853],
  mail: [25, 110, 143, 465, 587, 993, 995, 2525],
  ssh: [22, 2222],
  telnet: [23, 992, 2323],
  "remote desktop": [3389, 5800, 5900, 5901, 5902, 5903, 5938],
  "remote management": [135, 593, 623, 5985, 5986],
  "file sharing": [20, 21, 69, 111, 137, 138, 139, 445, 548, 873, 989, 990, 2049],
  directory: [88, 389, 464, 636, 3268, 3269],
  database: [1433, 1434, 1521, 3306, 5432, 5984, 6379, 7000, 9042, 9200, 9300, 11211, 27017, 27018],
  time: [37, 123],
  network: [67, 68, 161, 162, 179, 514, 520, 546, 547, 601, 1812, 1813, 6514],
  discovery: [1900, 3702, 5351, 5353, 5355],
  vpn: [500, 1194, 1701, 1723, 4500, 51820],
  calls: [3478, 3479, 5060, 5061, 5349, 19302],
  messaging: [194, 1883, 5222, 5223, 5228, 5269, 5671, 5672, 6667, 6697, 8883, 9092]
};

const names = [...Object.keys(services), "system", "registered", "ephemeral"];

const groups = Uint8Array.from({length: 65536}, (_, port) =>
  names.indexOf(port < 1024 ? "system" : port < 32768 ? "registered" : "ephemeral")
);
for (const [name, ports] of Object.entries(services)) for (const port of ports) groups[port] = names.indexOf(name);
