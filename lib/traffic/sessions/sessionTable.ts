import {describeColumn} from "../schema.js";

const names = [
  "timestamp",
  "client",
  "request_rate",
  "session_duration",
  "unique_paths_visited",
  "error_share",
  "gap_variation",
  "asset_share",
  "referrer_share",
  "post_share",
  "user_agent",
  "host",
  "first_path",
  "requests",
  "burst_requests",
  "night_share",
  "path_entropy",
  "path_depth",
  "new_path_share",
  "repeated_path_share",
  "query_share",
  "probe_share",
  "longest_target",
  "not_found_share",
  "denied_share",
  "redirect_share",
  "unusual_method_share",
  "bytes_per_request",
  "agents_of_address",
  "declared_bot",
  "header_plausibility",
  "source_line",
  "source_file"
] as const;

/** The columns of sessions of real requests, in the schema’s order. */
export const sessionTable = names.map((name) => ({
  name,
  type: describeColumn(name).type === "text" && name !== "source_file" ? ("text" as const) : ("number" as const)
}));

/** Where each column stands among them. */
export const columnOf = Object.fromEntries(names.map((name, i) => [name, i])) as Readonly<
  Record<(typeof names)[number], number>
>;
