/** The name of an IP protocol by its number, “protocol 99” where it has no common one, null where it is missing. */
export function protocolName(protocol: number): string | null {
  if (!(protocol >= 0 && protocol <= 255)) return null;
  return names[protocol] ?? null;
}

/** Whether the protocol has ports: TCP, DCCP, UDP, SCTP, UDP-Lite. */
export function hasPorts(protocol: number): boolean {
  return protocol === 6 || protocol === 17 || protocol === 132 || protocol === 33 || protocol === 136;
}

// https://www.iana.org/assignments/protocol-numbers
const common: Readonly<Record<number, string>> = {
  0: "hopopt",
  1: "icmp",
  2: "igmp",
  4: "ipip",
  6: "tcp",
  17: "udp",
  33: "dccp",
  41: "ipv6",
  47: "gre",
  50: "esp",
  51: "ah",
  58: "icmp6",
  88: "eigrp",
  89: "ospf",
  103: "pim",
  112: "vrrp",
  115: "l2tp",
  132: "sctp",
  136: "udplite"
};

const names: readonly string[] = Array.from({length: 256}, (_, protocol) => common[protocol] ?? `protocol ${protocol}`);
