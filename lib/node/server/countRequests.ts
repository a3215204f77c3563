import type {FastifyInstance} from "fastify";
import {Counter, type Registry} from "prom-client";

/** Counts what a server answers, by paths of routes, of which there are few. */
export function countRequests(app: FastifyInstance, registry: Registry): void {
  const requests = new Counter({
    name: "eddy_http_requests_total",
    help: "Requests answered, by the path of their route; without streams of events.",
    labelNames: ["method", "route", "status"],
    registers: [registry]
  });
  app.addHook("onResponse", async ({method, routeOptions}, {statusCode}) =>
    requests.inc({method, route: routeOptions.url ?? "", status: statusCode})
  );
}
