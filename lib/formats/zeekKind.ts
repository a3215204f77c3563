/** The logs of Zeek that Eddy tells apart. */
export const zeekKinds = ["conn", "http", "dns", "ssl", "other"] as const;
export type ZeekKind = (typeof zeekKinds)[number];

/**
 * Which log of Zeek it is: by its path where that is a known one, else by its fields, so that `conn_long` and logs without
 * a path are told too. `has` says whether there is a field.
 */
export function zeekKind(path: string, has: (field: string) => boolean): ZeekKind {
  const known = zeekKinds.find((kind) => kind === path);
  if (known !== undefined) return known;
  if (has("conn_state")) return "conn";
  if (has("trans_depth") && (has("uri") || has("status_code"))) return "http";
  if (path !== "") return "other";
  if (has("trans_id") || has("qtype_name")) return "dns";
  if (has("orig_pkts") || has("orig_ip_bytes")) return "conn";
  // Kerberos has ciphers too.
  return has("cipher") && !has("request_type") ? "ssl" : "other";
}

/** What a record of the log is called where it is passed over, such as “dns record”. */
export function zeekRecordName(path: string): string {
  return `${/^[\w-]{1,40}$/.test(path) ? path : "other"} record`;
}

/** The kind of which a file is whose beginning has these: flows before requests, and these before all else. */
export function foremostKind(kinds: readonly ZeekKind[]): ZeekKind | null {
  return zeekKinds.find((kind) => kinds.includes(kind)) ?? null;
}

/** Title and content of the format of each kind. */
export const zeekContents = {
  conn: {log: "connection log", holds: "flows"},
  http: {log: "HTTP log", holds: "requests"},
  dns: {log: "DNS log", holds: "other"},
  ssl: {log: "TLS log", holds: "other"},
  other: {log: "log", holds: "other"}
} as const;
