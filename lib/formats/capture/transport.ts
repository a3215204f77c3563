import {u32} from "./endian.js";
import {hasPorts, type Packet, portsAt, protocolAt} from "./packet.js";
import type {Outcome, Step} from "./step.js";
import {isOverlay, readOverlay} from "./tunnels.js";

/** Reads ports, flags and sequence number of a TCP header, of which the snap length may have left the ports alone. */
export function readTcp(packet: Packet): Outcome {
  const {bytes, start, end} = packet;
  if (end - start >= 14) {
    if (bytes[start + 12]! >> 4 < 5) return "bad TCP header length";
    packet.flags = bytes[start + 13]! & 0x3f;
    packet.sequence[0] = u32(bytes, start + 4);
  }
  return readPorts(packet);
}

/** Reads the ports of a UDP header, or takes it off where a tunnel is in it. */
export function readUdp(packet: Packet): Step {
  const outcome = readPorts(packet);
  if (outcome !== "flow") return outcome;
  const port = packet.key[portsAt]! & 0xffff;
  return isOverlay(port) ? (readOverlay(packet, port, packet.start + 8) ?? "flow") : "flow";
}

/** Reads the ports that TCP, UDP, SCTP, DCCP and UDP-Lite all begin with. */
export function readPorts({key, bytes, start, end}: Packet): Outcome {
  if (end - start < 4) return "header cut short";
  key[portsAt] = u32(bytes, start);
  key[protocolAt]! |= hasPorts;
  return "flow";
}
