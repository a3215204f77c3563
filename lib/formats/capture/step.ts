/** What comes next in a packet: a layer to take off, or how it ends. */
export type Step = Layer | Outcome;

/** A layer that can be taken off. */
export type Layer =
  | "ethernet"
  | "vlan"
  | "tagged"
  | "llc"
  | "mpls"
  | "pppoe"
  | "ppp"
  | "directed ppp"
  | "null"
  | "sll"
  | "sll2"
  | "nflog"
  | "pflog"
  | "fddi"
  | "ppi"
  | "pktap"
  | "radiotap"
  | "802.11"
  | "ip"
  | "ipv4"
  | "ipv6"
  | "gre"
  | "tcp"
  | "udp"
  | "ports";

/** How a packet ends: as one of a flow, perhaps by its first fragment, as a reject for that reason, or passed over as that. */
export type Outcome = "flow" | "later fragment" | PacketReject | PacketPassedOver;

/** Why a packet that should be of a flow is of none. */
export type PacketReject =
  | "header cut short"
  | "bad IP version"
  | "bad IP header length"
  | "bad IP length"
  | "bad TCP header length";

/** What a packet is that is of no flow. */
export type PacketPassedOver = "ARP packet" | "LLC frame" | "802.11 frame" | "not IP" | "link type not read";

/** Whether a packet that ends so is a reject. */
export function isPacketReject(outcome: Outcome): outcome is PacketReject {
  return rejects.has(outcome);
}

const rejects: ReadonlySet<string> = new Set<PacketReject>([
  "header cut short",
  "bad IP version",
  "bad IP header length",
  "bad IP length",
  "bad TCP header length"
]);
