import type {FastifyInstance, FastifyReply} from "fastify";
import {refuse} from "../refuse.js";
import type {EventReaders} from "./eventReaders.js";
import type {LiveFeed} from "./liveFeed.js";
import {answers, arrayOf, count, inWords, objectOf, orNull, refer, refusal, type Schema, text} from "./schemas.js";

/** The routes that tell what is watched; where nothing is, the first says so, and the others answer 404. */
export function liveRoutes(app: FastifyInstance, feed: LiveFeed | null, readers: EventReaders | null): void {
  app.get("/api/state", {schema: stateRoute}, (_request, reply) => reply.send(feed?.state() ?? {live: false}));

  app.get<{Querystring: Page}>("/api/alerts", {schema: alertsRoute}, async ({query}, reply) => {
    if (!feed) return nothing(reply);
    const {after, before, limit} = query;
    if (after !== undefined && before !== undefined) return refuse(reply, 400, "expected after or before, got both");
    const events =
      after === undefined
        ? await feed.events.before(before ?? feed.events.last + 1, limit)
        : await feed.events.after(after, limit);
    const {first, last} = feed.events;
    const end = events.at(-1)?.sequence;
    const next = after === undefined ? (end !== undefined && end > first ? end : null) : (end ?? after);
    return reply.send({events, first, last, next});
  });

  app.get<{Params: {id: string}}>("/api/alerts/:id", {schema: alertRoute}, async ({params: {id}}, reply) => {
    if (!feed) return nothing(reply);
    return reply.send((await feed.events.find(id)) ?? refuse(reply, 404, `no such alert: ${id}`));
  });

  app.get<{Querystring: {after?: number}; Headers: {"last-event-id"?: number}}>(
    "/api/events",
    {schema: eventsRoute, exposeHeadRoute: false},
    async ({query, headers}, reply) => {
      if (!readers) return nothing(reply);
      if (readers.isFull()) return refuse(reply.header("retry-after", "10"), 503, "too many readers of events");
      readers.add(reply, headers["last-event-id"] ?? query.after ?? null);
    }
  );
}

interface Page {
  readonly after?: number;
  readonly before?: number;
  readonly limit: number;
}

function nothing(reply: FastifyReply): FastifyReply {
  return refuse(reply, 404, "nothing is watched here");
}

const nothingWatched = refusal("nothing is watched here, as by `eddy serve`");

const sequence = count("a sequence", {maximum: Number.MAX_SAFE_INTEGER});

const stateRoute: Schema = {
  summary: "What is watched, and how that goes",
  operationId: "state",
  tags: ["live"],
  response: answers({
    200: {
      description: "what is watched, or that nothing is",
      anyOf: [
        refer("LiveState"),
        objectOf<{live: false}>("nothing is watched here, as by `eddy serve`", {live: {type: "boolean", const: false}})
      ]
    }
  })
};

const alertsRoute: Schema = {
  summary: "Changes of alerts, by page",
  description:
    "With `after` ascending from there, with `before` descending from there, with neither descending from the newest. " +
    "Give `next` for the same parameter to get the page that follows.",
  operationId: "alerts",
  tags: ["live"],
  querystring: {
    type: "object",
    additionalProperties: false,
    properties: {
      after: {...sequence, description: "changes with a greater sequence"},
      before: {...sequence, description: "changes with a lesser sequence"},
      limit: {type: "integer", minimum: 1, maximum: 500, default: 50, description: "at most so many"}
    }
  },
  response: answers({
    200: objectOf<{events: []; first: 0; last: 0; next: 0}>("a page", {
      events: arrayOf(refer("AlertEvent")),
      first: count("the oldest sequence that is kept"),
      last: count("the newest sequence, 0 if there is none"),
      next: orNull(count("what to give for the page that follows; null where there is none before it"))
    }),
    404: nothingWatched
  })
};

const alertRoute: Schema = {
  summary: "An alert as of its latest change",
  operationId: "alert",
  tags: ["live"],
  params: {
    type: "object",
    required: ["id"],
    properties: {id: text("16 hexadecimal digits", {pattern: "^[0-9a-f]{16}$"})}
  },
  response: answers({200: refer("Alert"), 404: refusal("no such alert is kept, or nothing is watched here")})
};

const eventsRoute: Schema = {
  summary: "Changes of alerts and the state, as they happen",
  description:
    "Server-sent events. `alert`: an AlertEvent, whose sequence is the id. `state`: a LiveState, about every second. `gap`: " +
    "changes that came after the sequence `after` are not kept any more; it goes on with `first`, and the newest is `last`. " +
    "Who comes back with the header Last-Event-ID, as browsers do, or with `after`, gets all that happened since; others " +
    "get what happens from now on. Who takes nothing for 30 seconds is cut off.",
  operationId: "events",
  tags: ["live"],
  headers: {
    type: "object",
    properties: {"last-event-id": {...sequence, description: "goes on after this sequence"}}
  },
  querystring: {
    type: "object",
    additionalProperties: false,
    properties: {after: {...sequence, description: "goes on after this sequence; the header counts more"}}
  },
  response: answers({
    200: inWords("the stream", "text/event-stream"),
    404: nothingWatched,
    503: refusal("too many read already")
  })
};
