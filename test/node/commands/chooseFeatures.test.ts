import {expect, test} from "vitest";
import {chooseFeatures} from "../../../lib/node/commands/chooseFeatures.js";
import type {ColumnSurvey} from "../../../lib/node/tables/surveyTables.js";

test("chooseFeatures(columns, label) takes numbers that vary and says why it leaves others out", () => {
  const firstText = {place: "a.csv:7", text: "1\n5"};
  const columns = [
    column("timestamp", {type: "time"}),
    column("request_rate"),
    column("latitude"),
    column("fake_traffic"),
    column("anomaly_score"),
    column("humid"),
    column("userId"),
    column("user_id"),
    column("ID"),
    column("truth"),
    column("Label"),
    column("fixed", {min: 1, max: 1}),
    column("none", {min: Infinity, max: -Infinity}),
    column("name", {type: "text"}),
    column("size", {type: "text", firstText}),
    column("session_id", {type: "text", firstText}),
    column("client", {type: "text", firstText})
  ];
  const {features, leftOut} = chooseFeatures(columns, "truth");
  expect(features).toEqual(["request_rate", "humid"]);
  expect(leftOut.map(({name, reason}) => `${name}: ${reason}`)).toEqual([
    "timestamp: time",
    "latitude: place",
    "fake_traffic: label",
    "anomaly_score: result",
    "userId: identifier",
    "user_id: identifier",
    "ID: identifier",
    "truth: label",
    "Label: label",
    "fixed: constant",
    "none: empty",
    "name: text",
    "size: text at a.csv:7: 1 5",
    "session_id: identifier",
    "client: client"
  ]);
});

function column(name: string, options: Partial<ColumnSurvey> = {}): ColumnSurvey {
  return {name, type: "number", missing: 0, min: 0, max: 1, isWhole: true, ...options};
}
