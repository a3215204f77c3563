import rateLimit from "@fastify/rate-limit";
import type {FastifyInstance, FastifyReply, FastifyRequest} from "fastify";
import {isApi, plainText, refuse} from "../refuse.js";
import {AccessToken} from "./accessToken.js";
import type {ServerLimits} from "./serverLimits.js";

/**
 * Lets pass only who may ask, whatever the path. With a token, who knows it: from the header Authorization, or from a cookie
 * that opening any page with `?token=` sets. Without one, this machine under its own names, as a foreign site could lead its
 * own name here. Never other sites, except that a link may lead to a page; nor anybody more often than the limits say.
 */
export function guard(
  app: FastifyInstance,
  secret: string | null,
  limits: Pick<ServerLimits, "requests" | "files">
): void {
  const token = secret === null ? null : new AccessToken(secret);
  let limitApi: RateLimit;
  let limitSite: RateLimit;
  app.register(rateLimit, {global: false});
  app.after(() => {
    limitApi = app.createRateLimit({max: limits.requests, timeWindow: 1000});
    limitSite = app.createRateLimit({max: limits.files, timeWindow: 1000});
  });

  app.addHook("onRequest", async (request, reply) => {
    // Readers of events are bounded by their own number, and come back all at once after a restart.
    const limit = isPlain(request) ? limitApi : limitSite;
    const use = await limit(request);
    if (!use.isAllowed && use.isExceeded) {
      return refuse(reply.header("retry-after", "1"), 429, "too many requests");
    }
    if (!token && !isThisMachine(request)) return refuse(reply, 403, "unknown host");
    if (isForeign(request)) return refuse(reply, 403, "cross-site requests are refused");
    if (token && !mayPass(token, request)) return admit(token, request, reply);
  });
}

type RateLimit = ReturnType<FastifyInstance["createRateLimit"]>;

function isPlain(request: FastifyRequest): boolean {
  const {url = ""} = request.routeOptions;
  return url === "/api/events" ? false : isApi(request) || url === "/healthz" || url === "/metrics";
}

function isThisMachine({raw}: FastifyRequest): boolean {
  const [host = "", ...more] = raw.headersDistinct.host ?? [];
  return more.length === 0 && /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i.test(host);
}

/** Whether a browser says that the page of another origin asks, be it one on another port of this machine. */
function isForeign(request: FastifyRequest): boolean {
  const {method, headers} = request;
  const {origin, host, "sec-fetch-site": site = "none", "sec-fetch-mode": mode, "sec-fetch-dest": kind} = headers;
  if (origin !== undefined && !isOrigin(origin, host)) return true;
  if (site === "none" || site === "same-origin") return false;
  return !(method === "GET" && mode === "navigate" && kind === "document" && !isApi(request));
}

/** Whether an origin is the host’s; a proxy may have taken the TLS off. */
function isOrigin(origin: string, host = ""): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}

function mayPass(token: AccessToken, {headers, socket}: FastifyRequest): boolean {
  return token.isBorneBy(headers.authorization) || token.isKeptIn(headers.cookie, cookieName(socket));
}

/** Cookies of a host are sent to all its ports. */
function cookieName({localPort}: FastifyRequest["socket"]): string {
  return `eddy-${localPort}`;
}

function admit(token: AccessToken, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const given = givenToken(request);
  if (given === null || !token.is(given)) {
    reply.header("www-authenticate", "Bearer");
    return refuse(reply, 401, "missing or wrong token: send it as a bearer, or open this address with ?token= once");
  }
  reply.headers({
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "set-cookie": `${cookieName(request.socket)}=${token.cookie}; Path=/; HttpOnly; SameSite=Strict`
  });
  const {"sec-fetch-site": site = "none"} = request.headers;
  const location = withoutToken(request.url);
  if (site === "none" || site === "same-origin") return reply.redirect(location, 303);
  // A redirect would still be the other site’s request, to which the cookie is not sent; this one is ours.
  return reply.header("refresh", `0; url=${location}`).type(plainText).send("welcome\n");
}

function givenToken(request: FastifyRequest): string | null {
  const {method, url} = request;
  if (method !== "GET" || isApi(request) || !url.includes("?")) return null;
  return new URLSearchParams(url.slice(url.indexOf("?"))).get("token");
}

/** The path, with one slash in front as two begin a host, and the rest of its query. */
function withoutToken(url: string): string {
  const [path = "", search = ""] = url.split(/\?(.*)/s);
  const query = new URLSearchParams(search);
  query.delete("token");
  return `/${path.replace(/^[/\\]+/, "")}${query.size > 0 ? `?${query}` : ""}`;
}
