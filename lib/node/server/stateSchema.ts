import type {
  AlertCounts,
  Arrival,
  CheckpointState,
  Drift,
  Fault,
  LiveState,
  Minute,
  ModelState,
  OutputState,
  SourceState,
  Watched
} from "../../live/liveState.js";
import {placeSchema} from "./alertSchemas.js";
import {arrayOf, count, flag, number, objectOf, oneOf, orNull, type Schema, text, time} from "./schemas.js";

const {latitude, longitude, country} = placeSchema.properties as Record<string, Schema>;

const drift = objectOf<Drift>("how far the rows are from those of the first model", {
  index: number("population stability index, the most of any feature"),
  level: oneOf("below 0.1 none, up to 0.25 some, above strong", ["none", "some", "strong"]),
  features: arrayOf(
    objectOf<Drift["features"][number]>("a feature that moved", {
      feature: text("its name"),
      index: number("its index")
    }),
    {maxItems: 5}
  )
});

const model = objectOf<ModelState>("the model that judges", {
  phase: oneOf("rows are judged only when it is watching", ["waiting", "warming up", "watching"]),
  gathered: count("rows gathered for a first model"),
  needed: count("rows that a first model needs"),
  generation: count("counts models from 1; 0 before the first"),
  since: orNull(time("when it was put to work, by the traffic")),
  isRetraining: flag("whether the next one grows"),
  nextAt: orNull(time("when the next one is due, by the traffic")),
  preset: text("the kind of forest"),
  features: arrayOf(text("as the model names it")),
  rule: text("what chooses the threshold"),
  threshold: orNull(number("a row is flagged when its score is greater")),
  budget: orNull(number("alerts an hour that the rule was given")),
  window: objectOf<ModelState["window"]>("the rows that the next model learns from", {
    hours: number("how far back"),
    rows: count("how many"),
    leftOut: arrayOf(
      objectOf<ModelState["window"]["leftOut"][number]>("rows that do not teach", {
        reason: text("why not"),
        count: count("how many")
      })
    )
  }),
  drift: orNull(drift)
});

const minute = objectOf<Minute>("a minute of the traffic", {
  time: time("its beginning"),
  records: count("requests or flows"),
  scored: count("rows scored, also several times each"),
  alerts: count("alerts raised"),
  scores: arrayOf(count("rows in this part"), {description: "scored rows by score, in 20 equal parts of 0 to 1"})
});

const watched = objectOf<Watched>("an open session or a host", {
  client: text("its address"),
  agent: orNull(text("user agent of a session")),
  score: number("its score"),
  records: count("requests or flows"),
  began: time("when it began"),
  changed: time("when its score was last taken"),
  alert: orNull(text("the alert’s id"))
});

const arrival = objectOf<Arrival>("a place where clients came from", {
  latitude: latitude!,
  longitude: longitude!,
  country: country!,
  clients: count("how many in the last ten minutes"),
  alerts: count("how many of them were alerts")
});

const source = objectOf<SourceState>("a source", {
  name: text("as the user named it"),
  kind: oneOf("what it is", ["log", "standard input", "netflow"]),
  status: oneOf("what it does", ["waiting", "catching up", "following", "ended", "fault"]),
  fault: orNull(text("what is wrong")),
  since: orNull(time("since when, by the clock on the wall")),
  file: orNull(text("the file that is read now")),
  format: orNull(text("its format")),
  files: count("files begun"),
  bytes: count("bytes read of them"),
  behind: count("bytes that are there and not yet read"),
  records: count("lines, packets or datagrams that became records"),
  rejected: count("those that did not"),
  rejects: arrayOf(
    objectOf<SourceState["rejects"][number]>("rejects", {reason: text("why"), count: count("how many")}),
    {maxItems: 10, description: "by reason, the most frequent first"}
  ),
  passedOver: count("those that hold no record by nature"),
  dropped: count("what was lost before it could be read: datagrams, or bytes of a file that was cut"),
  more: arrayOf(objectOf<SourceState["more"][number]>("a count", {what: text("of what"), count: count("how many")}))
});

const output = objectOf<OutputState>("where alerts are told", {
  name: text("as the user named it"),
  kind: oneOf("what it is", ["file", "webhook", "syslog"]),
  sequence: count("of the last event that it has dealt with"),
  waiting: count("events that wait for it"),
  delivered: count("events told"),
  silenced: count("events of clients that were within their window of silence"),
  lost: count("events refused for good, or gone before they could be told"),
  fault: orNull(text("what is wrong"))
});

const checkpoint = objectOf<CheckpointState>("what a restart goes on from", {
  written: orNull(time("when, by the clock on the wall")),
  bytes: count("its size"),
  sequence: count("of the last event that it covers"),
  fault: orNull(text("what is wrong"))
});

/** The schema `LiveState`. */
export const stateSchema: Schema = {
  $id: "LiveState",
  ...objectOf<LiveState>("what is watched, and how that goes; times are the traffic’s unless said otherwise", {
    rows: orNull(oneOf("what rows are", ["sessions", "flows"])),
    clock: orNull(time("the newest time of a record")),
    records: count("requests or flows so far"),
    open: count("sessions open, or hosts with flows in the last half hour"),
    late: count("records that came later than the bound for late ones"),
    ahead: count("records left out, as their times lie more than a day ahead of the clock on the wall"),
    model,
    alerts: objectOf<AlertCounts>("how many alerts", {
      raised: count("so far"),
      open: count("not closed"),
      lastHour: count("raised in the last hour of the traffic")
    }),
    minutes: arrayOf(minute, {maxItems: 60, description: "the last hour, oldest first; the last is unfinished"}),
    watched: arrayOf(watched, {maxItems: 20, description: "those with the highest scores, highest first"}),
    arrivals: arrayOf(arrival, {maxItems: 200, description: "the most clients first"}),
    started: time("when the watch began, by the clock on the wall"),
    now: time("the clock on the wall"),
    version: text("of Eddy"),
    replay: orNull(
      objectOf<NonNullable<LiveState["replay"]>>("what passes is a recording", {
        speed: orNull(number("how many times as fast as it happened; null as fast as it goes")),
        hasEnded: flag("whether it is over")
      })
    ),
    sources: arrayOf(source),
    checkpoint: orNull(checkpoint),
    outputs: arrayOf(output),
    faults: arrayOf(
      objectOf<Fault>("what goes wrong", {
        where: text("a source, the checkpoint, the events or an output"),
        what: text("what it is"),
        since: time("since when, by the clock on the wall")
      }),
      {description: "faults that go on, the oldest first"}
    )
  })
};
