/** What the forest sees of sessions from real logs unless told otherwise: columns, or `log(column)` where a tail is heavy. */
export const defaultSessionFeatures: readonly string[] = [
  "log(request_rate)",
  "log(session_duration)",
  "log(unique_paths_visited)",
  "log(burst_requests)",
  "error_share",
  "denied_share",
  "gap_variation",
  "asset_share",
  "referrer_share",
  "post_share",
  "query_share",
  "repeated_path_share",
  "path_depth",
  "probe_share",
  "unusual_method_share",
  "log(longest_target)",
  "log(bytes_per_request)",
  "header_plausibility"
];

/** What the forest sees of flows unless told otherwise: columns, categories, or `log(column)` where a tail is heavy. */
export const defaultFlowFeatures: readonly string[] = [
  "protocol",
  "service",
  "port_group",
  "state",
  "log(flow_duration)",
  "log(bytes_out)",
  "log(bytes_in)",
  "log(packets_out)",
  "bytes_out_share",
  "packet_size_out",
  "syn_only",
  "log(host_connections_minute)",
  "log(host_connections_hour)",
  "log(host_destinations_minute)",
  "log(host_destinations_hour)",
  "log(host_ports_minute)",
  "log(host_ports_hour)",
  "host_failure_share_hour",
  "log(pair_connections_hour)",
  "log(pair_bytes_hour)",
  "log(server_connections_minute)",
  "interval_variation",
  "size_variation"
];
