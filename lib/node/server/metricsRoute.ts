import type {FastifyInstance} from "fastify";
import {Counter, collectDefaultMetrics, Gauge, Registry} from "prom-client";
import type {LiveState} from "../../live/liveState.js";
import type {EventReaders} from "./eventReaders.js";
import type {LiveFeed} from "./liveFeed.js";
import {answers, inWords, type Schema} from "./schemas.js";
import {stateMetrics} from "./stateMetrics.js";

/** `/metrics`: what a Prometheus scrapes of the process, of what the server itself counts, and of what is watched. */
export function metricsRoute(
  app: FastifyInstance,
  own: Registry,
  feed: LiveFeed | null,
  readers: EventReaders | null
): void {
  collectDefaultMetrics({register: own});
  if (readers) countReaders(readers, own);
  app.get("/metrics", {schema: route}, async (_request, reply) => {
    const all = feed ? Registry.merge([own, watched(feed.state())]) : own;
    return reply.type(all.contentType).send(await all.metrics());
  });
}

function countReaders(readers: EventReaders, registry: Registry): void {
  const registers = [registry];
  new Gauge({
    name: "eddy_event_readers",
    help: "Readers of the stream of events.",
    registers,
    collect() {
      this.set(readers.count);
    }
  });
  const count = (name: string, help: string, read: () => number) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read());
      }
    });
  count("eddy_events_sent_total", "Changes of alerts sent to readers.", () => readers.sent);
  count("eddy_event_readers_accepted_total", "Readers taken up.", () => readers.accepted);
  count("eddy_event_readers_dropped_total", "Readers cut off as they took nothing.", () => readers.dropped);
  count("eddy_event_readers_refused_total", "Readers that found no room.", () => readers.refused);
}

function watched(state: LiveState): Registry {
  const registry = new Registry();
  for (const {name, type, help, labels, read} of stateMetrics) {
    const samples = read(state).filter((sample) => sample.at(-1) !== null);
    // Without a sample the client would tell 0.
    if (samples.length === 0) continue;
    const options = {name, help, labelNames: [...labels], registers: [registry]};
    const metric = type === "counter" ? new Counter(options) : new Gauge(options);
    for (const sample of samples) {
      metric.inc(Object.fromEntries(labels.map((label, i) => [label, sample[i]!])), sample.at(-1) as number);
    }
  }
  return registry;
}

const route: Schema = {
  summary: "Metrics for Prometheus",
  operationId: "metrics",
  tags: ["operation"],
  response: answers({200: inWords("metrics in Prometheus’ text format")}, "words")
};
