import type {Server} from "node:http";
import fastify, {type FastifyHttpOptions, type FastifyInstance, type FastifyReply, type FastifyRequest} from "fastify";
import {isApi, refuse} from "./refuse.js";
import {sendAsset} from "./sendAsset.js";
import {siteAssets} from "./siteAssets.js";
import {findSiteFile} from "./siteFile.js";
import type {SitePolicyOptions} from "./sitePolicy.js";

/** What to serve, and what beside it. */
export interface SiteServerOptions {
  /** The folder of the built site; without it there are only the routes that are added. */
  directory?: string;
  /** Where /map leads, such as /notebook/map; by default it is a path like any other. */
  map?: string;
  /** The only foreign origin that pages may load images from, such as https://tile.openstreetmap.org; default none. */
  tiles?: string;
  /** What else Fastify shall know, such as limits. */
  server?: FastifyHttpOptions<Server>;
}

/**
 * A server for a site that Framework built: clean URLs, compression, validators, caching of what has a hash in its
 * name, and headers under which a page can run, load and send only what it was built to. Not yet listening; routes that
 * are added to it take precedence over files.
 */
export function siteServer({directory, map, tiles, server}: SiteServerOptions): FastifyInstance {
  const app = fastify({
    forceCloseConnections: true,
    requestTimeout: 30_000,
    ...server,
    frameworkErrors: (_error, request, reply) => void refuse(protect(request, reply, tiles), 400, "bad request")
  });

  app.addHook("onRequest", async (request, reply) => {
    protect(request, reply, tiles);
  });

  app.setErrorHandler(({statusCode = 500}: {statusCode?: number}, _request, reply) =>
    statusCode < 500 ? refuse(reply, statusCode, "bad request") : refuse(reply, 500, "internal error")
  );

  app.setNotFoundHandler((request, reply) =>
    request.method === "GET" || request.method === "HEAD" || isApi(request)
      ? refuse(reply, 404, "not found")
      : refuse(reply.header("allow", "GET, HEAD"), 405, "method not allowed")
  );

  if (map) {
    app.get("/map", ({url}, reply) =>
      reply.redirect(`.${map}${url.includes("?") ? url.slice(url.indexOf("?")) : ""}`, 302)
    );
  }

  if (directory !== undefined) addFiles(app, {directory, tiles});

  return app;
}

function addFiles(app: FastifyInstance, {directory, tiles}: SitePolicyOptions): void {
  const load = siteAssets({directory, tiles});
  app.get("/*", async (request, reply) => {
    const [query = ""] = /\?.*/.exec(request.raw.url!) ?? [];
    const path = request.raw.url!.slice(0, -query.length || undefined);
    const found = await findSiteFile(directory, path);
    if (found && "redirect" in found) return reply.redirect(found.redirect + query, 302);
    if (found) return sendAsset(request, reply, await load(found.file));
    const page = await findSiteFile(directory, "/404.html");
    if (!page || "redirect" in page) return reply.callNotFound();
    return sendAsset(request, reply.code(404), await load(page.file));
  });
}

function protect(request: FastifyRequest, reply: FastifyReply, tiles: string | undefined): FastifyReply {
  reply.headers({
    "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    // Tile servers refuse requests that do not say which site they are for.
    "referrer-policy": tiles ? "strict-origin-when-cross-origin" : "no-referrer",
    "x-content-type-options": "nosniff"
  });
  // Chromium reports this header as ignored where it does not trust the origin.
  if (/^(localhost|127(\.\d+){3}|\[::1\])$/.test(request.hostname)) {
    reply.header("cross-origin-opener-policy", "same-origin");
  }
  return reply;
}
