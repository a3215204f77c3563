import swagger from "@fastify/swagger";
import {Ajv} from "ajv";
import type {FastifyError, FastifyInstance} from "fastify";
import {Registry} from "prom-client";
import type {ModelScorer} from "../../live/modelScorer.js";
import {refuse} from "../refuse.js";
import {siteServer} from "../siteServer.js";
import {version} from "../version.js";
import {addRoutes} from "./addRoutes.js";
import {alertSchemas} from "./alertSchemas.js";
import {answerClientError} from "./answerClientError.js";
import {countRequests} from "./countRequests.js";
import {EventReaders} from "./eventReaders.js";
import {guard} from "./guard.js";
import {healthRoute} from "./healthRoute.js";
import type {LiveFeed} from "./liveFeed.js";
import {liveRoutes} from "./liveRoutes.js";
import {metricsRoute} from "./metricsRoute.js";
import {requestFault} from "./requestFault.js";
import {answers, type Schema} from "./schemas.js";
import {scoreRoute} from "./scoreRoute.js";
import {type ServerLimits, serverLimits} from "./serverLimits.js";
import {stateSchema} from "./stateSchema.js";

/** What to serve and to whom. */
export interface EddyServerOptions {
  /** The built site; without it there is the API alone. */
  site?: {readonly directory: string; readonly map?: string; readonly tiles?: string};
  /** What is watched; without it the routes that would tell of it answer 404. */
  feed?: LiveFeed;
  /** What scores rows at the moment; null while nothing can. */
  scorer: () => ModelScorer | null;
  /** What whoever asks must know; null where nobody but this machine can ask. `checkServing` tells. */
  token: string | null;
  limits?: Partial<ServerLimits>;
}

/** A server for programs and people: the API, its description at `/api/openapi.json`, and the site. Not yet listening. */
export function eddyServer({site, feed, scorer, token, limits: some}: EddyServerOptions): FastifyInstance {
  const limits = {...serverLimits, ...some};
  const app = siteServer({
    ...site,
    server: {
      bodyLimit: limits.body,
      connectionTimeout: 60_000,
      keepAliveTimeout: 10_000,
      http: {headersTimeout: limits.headers, connectionsCheckingInterval: Math.min(5000, limits.headers)},
      clientErrorHandler: answerClientError
    }
  });
  app.server.maxConnections = limits.connections;
  const counts = new Registry();
  countRequests(app, counts);
  guard(app, token, limits);

  const readers = feed ? new EventReaders(feed, limits) : null;
  app.addHook("preClose", async () => readers?.close());

  app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {title: "Eddy", description, version: version()},
      components: {securitySchemes: {token: {type: "http", scheme: "bearer"}}},
      security: [{}, {token: []}]
    },
    refResolver: {buildLocalReference: (json, _base, _fragment, i) => `${json.$id ?? `schema${i}`}`}
  });
  app.register(async (api) => {
    for (const schema of [...alertSchemas, stateSchema]) api.addSchema(schema);
    api.setValidatorCompiler(({schema, httpPart}) =>
      (httpPart === "body" ? asItIs : converting).compile(schema as object)
    );
    api.setSerializerCompiler(() => JSON.stringify);
    api.removeContentTypeParser("text/plain");
    api.setErrorHandler<FastifyError>((error, _request, reply) => {
      const {status, reason} = requestFault(error);
      return refuse(reply, status, reason);
    });
    api.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "no-store"));
    addRoutes(api, () => {
      liveRoutes(api, feed ?? null, readers);
      scoreRoute(api, scorer, limits.rows);
      healthRoute(api, feed ?? null, limits.fault);
      metricsRoute(api, counts, feed ?? null, readers);
      api.get("/api/openapi.json", {schema: descriptionRoute}, (_request, reply) => reply.send(app.swagger()));
    });
    api.get("/api/*", {schema: {hide: true}}, (_request, reply) => refuse(reply, 404, "not found"));
  });
  return app;
}

// Parameters are text and become numbers; what is in a body is what it is.
const asItIs = new Ajv({strict: false});
const converting = new Ajv({strict: false, coerceTypes: true, useDefaults: true});

const description =
  "What Eddy watches, the alerts that it raised, and scores of rows. Where the server asks for a token, send it in the " +
  "header Authorization as a bearer. Texts are as they stand in the logs, which attackers write.";

const descriptionRoute: Schema = {
  summary: "This description",
  operationId: "description",
  tags: ["operation"],
  response: answers({200: {type: "object", description: "OpenAPI 3.1", additionalProperties: true}})
};
