import type {FastifyInstance, HTTPMethods} from "fastify";
import {refuse} from "../refuse.js";

/** Adds routes, and to each of their paths what answers other methods: which there are, or that this one is not. */
export function addRoutes(app: FastifyInstance, add: () => void): void {
  const paths = new Map<string, Set<string>>();
  let isAdding = true;
  app.addHook("onRoute", ({url, method}) => {
    if (!isAdding) return;
    const methods = paths.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one);
    paths.set(url, methods);
  });
  add();
  isAdding = false;
  for (const [url, methods] of paths) {
    const allow = [...methods, "OPTIONS"].sort().join(", ");
    app.route({
      method: all.filter((method) => !methods.has(method)),
      url,
      schema: {hide: true},
      onRequest: async ({method}, reply) => {
        reply.header("allow", allow);
        return method === "OPTIONS" ? reply.code(204).send() : refuse(reply, 405, "method not allowed");
      },
      handler: (_request, reply) => reply
    });
  }
}

const all: HTTPMethods[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
