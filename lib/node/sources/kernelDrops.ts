import {readFileSync} from "node:fs";
import {endianness} from "node:os";
import {parseAddress} from "../../geo/address.js";
import type {ListenAddress} from "./listenAddress.js";

/** How many datagrams the kernel has dropped of a UDP socket, as Linux tells it; 0 where it cannot be read. */
export function kernelDrops(address: ListenAddress): number {
  try {
    return dropsIn(readFileSync(address.isIpv6 ? "/proc/net/udp6" : "/proc/net/udp", "latin1"), address);
  } catch {
    return 0;
  }
}

/** The sum of the column `drops` of sockets that listen there, in what `/proc/net/udp` or `udp6` holds. */
export function dropsIn(table: string, {host, port}: ListenAddress, isLittle = endianness() === "LE"): number {
  const local = `${addressIn(host, isLittle)}:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  let drops = 0;
  for (const line of table.split("\n")) {
    const cells = line.trim().split(/\s+/);
    if (cells[1] === local) drops += Number(cells[12]) || 0;
  }
  return drops;
}

/** An address as the kernel writes it: words of 32 bits in the order of the machine, in hexadecimal. */
function addressIn(host: string, isLittle: boolean): string {
  const bytes = parseAddress(host) ?? new Uint8Array();
  return Array.from(bytes, (_, i) => bytes[isLittle ? i ^ 3 : i]!.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
}
