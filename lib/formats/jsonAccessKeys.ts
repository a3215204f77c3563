/** What a line of a JSON access log may state. */
export type JsonAccessField =
  | "time"
  | "client"
  | "forwarded"
  | "user"
  | "request"
  | "method"
  | "target"
  | "status"
  | "size"
  | "referrer"
  | "agent"
  | "host";

/**
 * The keys that servers write each field under, the preferred first. A dot steps into an object, or is part of the key. Of
 * nginx the names of its variables, then what its users write; Caddy, Traefik, Envoy and Istio, the Elastic Common Schema,
 * Cloudflare, Google’s load balancers and AWS API Gateway.
 */
export const jsonAccessKeys: Readonly<Record<JsonAccessField, readonly string[]>> = {
  time: words(`StartLocal StartUTC EdgeStartTimestamp time_iso8601 time_local start_time msec ts @timestamp timestamp requestTime time_stamp
    datetime time date`),
  client: words(`request.client_ip request.remote_ip request.remote_addr ClientHost ClientAddr remote_addr remoteAddr
    remoteIP remote_ip ClientIP client_ip clientIp clientip client_addr client source.ip source.address client.ip client.address
    downstream_remote_address httpRequest.remoteIp ip sourceIp remote_host remote`),
  forwarded: words(`request.headers.X-Forwarded-For request_X-Forwarded-For http_x_forwarded_for x_forwarded_for
    X-Forwarded-For x-forwarded-for xForwardedFor xff forwarded_for`),
  user: words("user_id ClientUsername remote_user user user.name auth_user"),
  request: words("request request_line requestLine"),
  method:
    words(`request.method RequestMethod ClientRequestMethod request_method method http_method requestMethod httpMethod
    http.request.method httpRequest.requestMethod verb`),
  target: words(`request.uri RequestPath ClientRequestURI request_uri requestUri uri request_path path url url.original
    httpRequest.requestUrl x_envoy_original_path x-envoy-original-path x-envoy-origin-path target`),
  status: words(`DownstreamStatus EdgeResponseStatus status status_code statusCode response_code response.status
    http.response.status_code httpRequest.status response code`),
  size: words(`DownstreamContentSize EdgeResponseBytes body_bytes_sent bytes_sent bytesSent size bytes body_bytes response_size responseSize
    responseLength response_length http.response.body.bytes http.response.bytes httpRequest.responseSize
    content_length`),
  referrer:
    words(`request.headers.Referer request_Referer ClientRequestReferer http_referer http_referrer referer referrer Referer
    http.request.referrer httpRequest.referer`),
  agent:
    words(`request.headers.User-Agent request_User-Agent ClientRequestUserAgent http_user_agent user_agent userAgent agent
    useragent User-Agent user-agent ua user_agent.original httpRequest.userAgent`),
  host: words(`request.host RequestHost ClientRequestHost host http_host server_name vhost authority :authority virtual_host
    domain url.domain`)
};

/** A key’s place in the table: the field that it states, how much it is preferred (0 most), and what it holds inside. */
export interface KeyPlace {
  field?: JsonAccessField;
  rank: number;
  inside?: Map<string, KeyPlace>;
}

/** The same table, to walk along an object. */
export const jsonAccessPlaces: ReadonlyMap<string, KeyPlace> = placesOf();

function words(text: string): string[] {
  return text.split(/\s+/);
}

function placesOf(): Map<string, KeyPlace> {
  const root = new Map<string, KeyPlace>();
  for (const [field, keys] of Object.entries(jsonAccessKeys) as [JsonAccessField, readonly string[]][]) {
    keys.forEach((key, rank) => {
      place(root, [key], field, rank);
      place(root, key.split("."), field, rank);
    });
  }
  return root;
}

function place(places: Map<string, KeyPlace>, path: readonly string[], field: JsonAccessField, rank: number): void {
  const found = places.get(path[0]!) ?? {rank: 0};
  places.set(path[0]!, found);
  if (path.length > 1) {
    found.inside ??= new Map();
    place(found.inside, path.slice(1), field, rank);
  } else if (found.field === undefined) {
    found.field = field;
    found.rank = rank;
  }
}
