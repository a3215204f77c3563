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
