import {readIp, readIpv4, readIpv6} from "./internet.js";
import {
  readEthernet,
  readFddi,
  readLlc,
  readNflog,
  readNull,
  readPflog,
  readSll,
  readSll2,
  readTagged,
  readVlan
} from "./links.js";
import {layerOf} from "./linkTypes.js";
import type {Packet} from "./packet.js";
import type {Outcome, Step} from "./step.js";
import {readPorts, readTcp, readUdp} from "./transport.js";
import {readDirected, readGre, readMpls, readPpp, readPppoe} from "./tunnels.js";
import {readPktap, readPpi, readRadiotap, readWifi} from "./wifi.js";

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
      case "tagged":
        step = readTagged(packet);
        break;
      case "directed ppp":
        step = readDirected(packet);
        break;
      case "pflog":
        step = readPflog(packet);
        break;
      case "ppi":
        step = readPpi(packet);
        break;
      case "pktap":
        step = readPktap(packet);
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
