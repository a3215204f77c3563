import type {Layer} from "./step.js";

/** The layer that packets of a link type begin with, as https://www.tcpdump.org/linktypes.html numbers them. */
export function layerOf(linkType: number): Layer | "link type not read" {
  return layers.get(linkType) ?? "link type not read";
}

const layers: ReadonlyMap<number, Layer> = new Map<number, Layer>([
  [0, "null"],
  [1, "ethernet"],
  [9, "ppp"],
  [10, "fddi"],
  [12, "ip"],
  [14, "ip"],
  [50, "ppp"],
  [51, "pppoe"],
  [100, "llc"],
  [101, "ip"],
  [104, "ppp"],
  [105, "802.11"],
  [108, "null"],
  [113, "sll"],
  [117, "pflog"],
  [127, "radiotap"],
  // Apple’s own number of PKTAP, of those that are free for any use.
  [149, "pktap"],
  [192, "ppi"],
  [204, "directed ppp"],
  [219, "mpls"],
  [228, "ipv4"],
  [229, "ipv6"],
  [239, "nflog"],
  [258, "pktap"],
  [276, "sll2"]
]);
