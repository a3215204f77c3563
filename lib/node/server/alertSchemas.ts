import type {Alert, AlertEvent, AlertMoment, AlertPlace, Reason} from "../../live/alert.js";
import {arrayOf, cell, count, number, objectOf, oneOf, orNull, refer, type Schema, text, time} from "./schemas.js";

const changes = ["raised", "grew", "closed"];

/** Where a client comes from. */
export const placeSchema = objectOf<AlertPlace>("where the address is, by a database", {
  latitude: number("degrees"),
  longitude: number("degrees"),
  country: orNull(text("by its code of two letters or its name")),
  city: orNull(text("its name"))
});

const reason = objectOf<Reason>("what made the score high", {
  feature: text("as the model names it, such as log(requests)"),
  value: cell,
  typical: {...cell, description: "the median or the most frequent text of the rows that the model learned from"},
  share: number("the share of those rows that are as far from typical on that side, or have the same text"),
  contribution: number("by how much the score falls when this feature is typical and all others stay")
});

const moment = objectOf<AlertMoment>("what happened to it", {
  what: oneOf("how it changed", changes),
  time: time("when"),
  score: number("its score then"),
  records: count("requests of the session, or flagged flows of the host, by then")
});

/** The schemas `Alert` and `AlertEvent`. */
export const alertSchemas: readonly Schema[] = [
  {
    $id: "Alert",
    ...objectOf<Alert>("something that scored above the threshold: a session, or a host’s run of flagged flows", {
      id: text("16 hexadecimal digits, the same in every run over the same traffic", {pattern: "^[0-9a-f]{16}$"}),
      rows: oneOf("what rows are", ["sessions", "flows"]),
      status: oneOf("closed when nothing more comes of it", ["open", "closed"]),
      client: text("the address, as it stands in the log"),
      began: time("when the session or the first flagged flow began"),
      raised: time("when it crossed the threshold"),
      changed: time("when its latest history was written"),
      score: number("the highest so far, above 0 and up to 1"),
      threshold: number("what it crossed"),
      rule: text("what chose the threshold"),
      model: count("the generation of the model that chose it"),
      file: text("the file of the record that raised it"),
      line: count("the line or packet of that record, from 1"),
      reasons: arrayOf(reason, {maxItems: 5, description: "why, the weightiest first"}),
      values: {type: "object", description: "the columns of its row", additionalProperties: cell},
      place: orNull(placeSchema),
      history: arrayOf(moment, {maxItems: 20, description: "how it went, oldest first"})
    })
  },
  {
    $id: "AlertEvent",
    ...objectOf<AlertEvent>("a change of an alert, with the alert as it was then", {
      sequence: count("counts all changes from 1 without gaps", {minimum: 1}),
      what: oneOf("how it changed", changes),
      alert: refer("Alert")
    })
  }
];
