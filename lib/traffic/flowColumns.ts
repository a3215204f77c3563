import type {ColumnSpecification} from "./columnSpecification.js";

/** The columns that only rows of flows have, in display order. */
export const flowColumns: readonly ColumnSpecification[] = [
  {
    name: "server",
    title: "Server",
    type: "text",
    role: "server",
    unit: "",
    meaning: "The address that the flow went to."
  },
  {
    name: "server_port",
    title: "Server port",
    type: "number",
    role: "server",
    unit: "",
    range: [0, 65535],
    meaning: "The port that the flow went to, missing where the protocol has none."
  },
  {
    name: "protocol",
    title: "Protocol",
    type: "text",
    role: "feature",
    unit: "",
    meaning: "The protocol above IP.",
    reveals: "Rare for tunnels and for floods of ICMP or of protocols that nobody speaks."
  },
  {
    name: "service",
    title: "Service",
    type: "text",
    role: "feature",
    unit: "",
    meaning: "What was spoken, where the log recognised it by its content.",
    reveals: "Missing or of another kind than its port for tunnels, scans and command channels."
  },
  {
    name: "port_group",
    title: "Port group",
    type: "text",
    role: "feature",
    unit: "",
    meaning:
      "What the server’s port is for: a group of well-known services, “system” for other ports below 1024, “registered” below 32768, “ephemeral” from there, “no port” for protocols without.",
    reveals: "Rare for scans, worms and command channels, which go where nobody else does."
  },
  {
    name: "state",
    title: "State",
    type: "text",
    role: "feature",
    unit: "",
    meaning: "How the flow went, in the log’s own words.",
    reveals: "Attempts without answer (S0), refused (REJ, REJECT) or reset for scans and floods."
  },
  {
    name: "flow_duration",
    title: "Flow duration",
    type: "number",
    role: "feature",
    unit: "s",
    meaning: "Time from the flow’s first packet to its last.",
    reveals: "Hours for tunnels and remote control, nothing for scans."
  },
  {
    name: "bytes_out",
    title: "Bytes sent",
    type: "number",
    role: "feature",
    unit: "bytes",
    meaning: "Bytes from the client to the server, with or without headers as the log counts them.",
    reveals: "High for exfiltration, uploads and floods."
  },
  {
    name: "bytes_in",
    title: "Bytes received",
    type: "number",
    role: "feature",
    unit: "bytes",
    meaning: "Bytes from the server to the client, with or without headers as the log counts them.",
    reveals: "High for scraping and amplified floods, nothing where nobody answers."
  },
  {
    name: "packets_out",
    title: "Packets sent",
    type: "number",
    role: "feature",
    unit: "packets",
    meaning: "Packets from the client to the server.",
    reveals: "High for floods and exfiltration, one or two for scans."
  },
  {
    name: "packets_in",
    title: "Packets received",
    type: "number",
    role: "feature",
    unit: "packets",
    meaning: "Packets from the server to the client.",
    reveals: "None for scans and floods that nobody answers."
  },
  {
    name: "bytes_out_share",
    title: "Share of bytes sent",
    type: "number",
    role: "feature",
    unit: "share",
    meaning: "Bytes sent as a share of the bytes both ways, missing where there are none.",
    reveals: "Near 1 for exfiltration, tunnels and floods; browsing stays near 0."
  },
  {
    name: "packet_size_out",
    title: "Packet size sent",
    type: "number",
    role: "feature",
    unit: "bytes/packet",
    meaning: "Mean bytes of a packet from the client, missing where there is none.",
    reveals: "Large for exfiltration and tunnels, small and all alike for scans and brute force."
  },
  {
    name: "packet_size_in",
    title: "Packet size received",
    type: "number",
    role: "feature",
    unit: "bytes/packet",
    meaning: "Mean bytes of a packet from the server, missing where there is none.",
    reveals: "Large for amplified floods, small for refusals and keep-alives."
  },
  {
    name: "syn_only",
    title: "SYN only",
    type: "number",
    role: "feature",
    unit: "",
    meaning:
      "1 where a TCP client sent a SYN and never acknowledged anything, 0 elsewhere; missing where the log does not tell.",
    reveals: "1 for port scans and SYN floods."
  },
  {
    name: "reset",
    title: "Reset",
    type: "number",
    role: "feature",
    unit: "",
    meaning: "1 where either side reset the TCP connection, 0 elsewhere; missing where the log does not tell.",
    reveals: "1 for scans of closed ports and connections that are torn down."
  },
  {
    name: "host_connections_minute",
    title: "Client’s flows, minute",
    type: "number",
    role: "feature",
    unit: "flows",
    meaning: "Flows of the same client in the last minute, this one included.",
    reveals: "High for scans, brute force, floods and worms."
  },
  {
    name: "host_connections_hour",
    title: "Client’s flows, hour",
    type: "number",
    role: "feature",
    unit: "flows",
    meaning: "Flows of the same client in the last hour, this one included.",
    reveals: "High for slow scans and slow brute force."
  },
  {
    name: "host_destinations_minute",
    title: "Client’s servers, minute",
    type: "number",
    role: "feature",
    unit: "hosts",
    meaning: "Distinct servers that the same client went to in the last minute.",
    reveals: "High for sweeps of a network and for worms."
  },
  {
    name: "host_destinations_hour",
    title: "Client’s servers, hour",
    type: "number",
    role: "feature",
    unit: "hosts",
    meaning: "Distinct servers that the same client went to in the last hour.",
    reveals: "High for slow sweeps and for peer-to-peer botnets."
  },
  {
    name: "host_ports_minute",
    title: "Client’s ports, minute",
    type: "number",
    role: "feature",
    unit: "ports",
    meaning: "Distinct server ports, of each protocol, that the same client went to in the last minute.",
    reveals: "High for port scans."
  },
  {
    name: "host_ports_hour",
    title: "Client’s ports, hour",
    type: "number",
    role: "feature",
    unit: "ports",
    meaning: "Distinct server ports, of each protocol, that the same client went to in the last hour.",
    reveals: "High for slow port scans."
  },
  {
    name: "host_failure_share_minute",
    title: "Client’s failures, minute",
    type: "number",
    role: "feature",
    unit: "share",
    meaning: "Share of the same client’s flows of the last minute that were refused, or were TCP and had no answer.",
    reveals: "Near 1 for scans, worms and malware that looks for its master."
  },
  {
    name: "host_failure_share_hour",
    title: "Client’s failures, hour",
    type: "number",
    role: "feature",
    unit: "share",
    meaning: "Share of the same client’s flows of the last hour that were refused, or were TCP and had no answer.",
    reveals: "Near 1 for slow scans and for malware that looks for its master."
  },
  {
    name: "pair_connections_hour",
    title: "Flows to server, hour",
    type: "number",
    role: "feature",
    unit: "flows",
    meaning: "Flows of the same client to the same server in the last hour, this one included.",
    reveals: "High for brute force, tunnels and scans of one host."
  },
  {
    name: "pair_bytes_hour",
    title: "Bytes to server, hour",
    type: "number",
    role: "feature",
    unit: "bytes",
    meaning: "Bytes that the same client sent to the same server in the last hour, this flow included.",
    reveals: "High for exfiltration, also where it is cut into small pieces as in DNS tunnels."
  },
  {
    name: "server_connections_minute",
    title: "Server’s flows, minute",
    type: "number",
    role: "feature",
    unit: "flows",
    meaning: "Flows of all clients to the same server in the last minute, this one included.",
    reveals: "High for floods, also from forged or very many addresses."
  },
  {
    name: "interval_mean",
    title: "Mean interval",
    type: "number",
    role: "feature",
    unit: "s",
    meaning:
      "Mean pause between the starts of the last 17 flows of the same client to the same server and port; those within a second of one another count as one, and there must be at least five.",
    reveals: "The period of a beacon."
  },
  {
    name: "interval_variation",
    title: "Interval variation",
    type: "number",
    role: "feature",
    unit: "ratio",
    meaning:
      "Standard deviation of the pauses between the starts of the last 17 flows of the same client to the same server and port over their mean; 0 is a metronome, people are near 1 and above. Missing for fewer than five.",
    reveals: "Low for beacons and other machines that keep an even pace, however slow."
  },
  {
    name: "size_variation",
    title: "Size variation",
    type: "number",
    role: "feature",
    unit: "ratio",
    meaning:
      "Standard deviation of the bytes both ways of the last 17 flows of the same client to the same server and port over their mean. Missing for fewer than five.",
    reveals: "Low for beacons, brute force and floods, whose flows are all alike."
  },
  {
    name: "alerted",
    title: "Alerted",
    type: "number",
    role: "label",
    unit: "",
    meaning:
      "1 where the log itself raised an alert about the flow, 0 elsewhere, missing where a log has no alerts. The forest never sees it."
  }
];
