import {readIp, readIpv4, readIpv6} from "./internet.js";
import {readEthernet, readFddi, readLlc, readNflog, readNull, readSll, readSll2, readVlan} from "./links.js";
import type {Packet} from "./packet.js";
import type {Layer, Outcome, Step} from "./step.js";
import {readPorts, readTcp, readUdp} from "./transport.js";
import {readGre, readMpls, readPpp, readPppoe} from "./tunnels.js";
import {readRadiotap, readWifi} from "./wifi.js";

/**
 * Takes the layers off a packet that begins with that link type (as https://www.tcpdump.org/linktypes.html numbers them)
 * down to the innermost IP packet, and fills its key, length and flags.
 *
 * A loop rather than calls in calls: how deep layers nest is up to the packet.
 */
export function decode(packet: Packet, linkType: number): Outcome {
  let step: Step = layerOf(linkType);
  for (;;) {
    switch (step) {
      case "ethernet":
        step = readEthernet(packet);
        break;
      case "ipv4":
        step = readIpv4(packet);
        break;
      case "tcp":
        return readTcp(packet);
      case "udp":
        step = readUdp(packet);
        break;
      case "ipv6":
        step = readIpv6(packet);
        break;
      case "ip":
        step = readIp(packet);
        break;
      case "ports":
        return readPorts(packet);
      case "vlan":
        step = readVlan(packet);
        break;
      case "mpls":
        step = readMpls(packet);
        break;
      case "gre":
        step = readGre(packet);
        break;
      case "llc":
        step = readLlc(packet);
        break;
      case "pppoe":
        step = readPppoe(packet);
        break;
      case "ppp":
        step = readPpp(packet);
        break;
      case "null":
        step = readNull(packet);
        break;
      case "sll":
        step = readSll(packet);
        break;
      case "sll2":
        step = readSll2(packet);
        break;
      case "nflog":
        step = readNflog(packet);
        break;
      case "fddi":
        step = readFddi(packet);
        break;
      case "radiotap":
        step = readRadiotap(packet);
        break;
      case "802.11":
        step = readWifi(packet);
        break;
      default:
        return step;
    }
  }
}

function layerOf(linkType: number): Layer | "link type not read" {
  switch (linkType) {
    case 1:
      return "ethernet";
    case 0:
    case 108:
      return "null";
    case 9:
    case 50:
      return "ppp";
    case 10:
      return "fddi";
    case 12:
    case 14:
    case 101:
      return "ip";
    case 228:
      return "ipv4";
    case 229:
      return "ipv6";
    case 100:
      return "llc";
    case 105:
      return "802.11";
    case 127:
      return "radiotap";
    case 113:
      return "sll";
    case 276:
      return "sll2";
    case 239:
      return "nflog";
    default:
      return "link type not read";
  }
}
