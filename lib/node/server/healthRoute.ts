import type {FastifyInstance} from "fastify";
import {visibleText} from "../../live/visibleText.js";
import {plainText} from "../refuse.js";
import type {LiveFeed} from "./liveFeed.js";
import {answers, inWords, type Schema} from "./schemas.js";

/** `/healthz`: `ok`, or 503 and which faults have gone on for more than so many seconds. */
export function healthRoute(app: FastifyInstance, feed: LiveFeed | null, seconds: number): void {
  app.get("/healthz", {schema: route}, (_request, reply) => {
    const {faults = [], now = 0} = feed?.state() ?? {};
    const lasting = faults.filter(({since}) => now - since > seconds * 1000);
    reply.header("cache-control", "no-store").type(plainText);
    if (lasting.length === 0) return reply.send("ok\n");
    const lines = lasting.map(
      ({where, what, since}) => `${visibleText(`${where}: ${what}`, 1000)} (since ${new Date(since).toISOString()})\n`
    );
    return reply.code(503).send(lines.join(""));
  });
}

const route: Schema = {
  summary: "Whether all is well",
  operationId: "health",
  tags: ["operation"],
  response: answers({200: inWords("ok"), 503: inWords("the faults that have gone on for more than a minute")}, "words")
};
