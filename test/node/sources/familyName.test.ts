import {expect, test} from "vitest";
import {compareSuffixes, familyName} from "../../../lib/node/sources/familyName.js";

test("familyName(name) tells the log of which a rotated file is", () => {
  for (const [name, suffix] of [
    ["access.log", ""],
    ["access.log.gz", "0"],
    ["access.log.1", "1"],
    ["access.log.12.gz", "12"],
    ["access.log.old", "old"],
    ["access.log-20261128", "20261128"],
    ["access.log-20261128.gz", "20261128"],
    ["access.log.2026-11-28_17", "2026-11-28_17"],
    ["access.log-1764288000", "1764288000"],
    ["access-2026-11-28.log", "2026-11-28"],
    ["access-26-11-28_17.00.00.log", "26-11-28_17.00.00"],
    ["access.20261128T170000Z.log.gz", "20261128T170000Z"]
  ]) {
    expect([name, familyName(name!)]).toEqual([name, {base: "access.log", suffix}]);
  }
});

test("familyName(name) keeps logs apart that go on side by side", () => {
  for (const name of ["site-1.log", "site-2.log", "10.10.10.10.log", "conn.log", "u_ex261128.log", "access.log.bak"]) {
    expect(familyName(name)).toEqual({base: name, suffix: ""});
  }
});

test("compareSuffixes(a, b) orders numbers from high to low, and dates from early to late", () => {
  expect(["1", "10", "2", "0"].sort(compareSuffixes)).toEqual(["10", "2", "1", "0"]);
  expect(["20261201", "20261128"].sort(compareSuffixes)).toEqual(["20261128", "20261201"]);
});
