import {expect, test} from "vitest";
import {describeSourceColumn, formatTick, formatValue} from "../../src/components/format.js";

test.each([
  ["request_rate", 312, "312 requests/min"],
  ["log(request_rate)", Math.log10(313), "312 requests/min"],
  ["log(bytes_out)", Math.log10(1 + 5_242_880), "5,242,880 bytes"],
  ["log(session_duration)", Math.log10(1.25), "0.250 s"],
  ["session_duration", 0.00012, "120 µs"],
  ["log(session_duration)", Math.log10(1.0421), "42.1 ms"],
  ["session_duration", 0, "0 s"],
  ["session_duration", 1, "1 s"],
  ["unique_paths_visited", 1, "1 path"],
  ["gap_variation", 0.00012, "0.00012"],
  ["error_share", 0.5, "0.500"],
  ["log(something)", 2, "99"],
  ["state", "S0", "S0"],
  ["state", null, "–"],
  ["timestamp", Date.UTC(2026, 0, 5), "2026-01-05 00:00"]
])("formatValue(%s, %s) is %s", (name, value, expected) => {
  expect(formatValue(name, value)).toBe(expected);
});

test("describeSourceColumn(feature) is the column that a logarithm is of", () => {
  expect(describeSourceColumn("log(request_rate)")).toBe(describeSourceColumn("request_rate"));
});

test("formatTick(x) is short", () => {
  expect([0, 0.25, 200, 1000, 2500, 1e7, 3e9, 1e15, -1e4].map(formatTick)).toEqual([
    "0",
    "0.25",
    "200",
    "1k",
    "2.5k",
    "10M",
    "3G",
    "1000T",
    "-10k"
  ]);
});
