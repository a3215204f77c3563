import {expect, test} from "vitest";
import {describeColumn, isDeclared, schema} from "../../lib/traffic/schema.js";

test("schema declares each column once, and features with what they reveal", () => {
  expect(new Set(schema.map(({name}) => name)).size).toBe(schema.length);
  expect(new Set(schema.map(({title}) => title)).size).toBe(schema.length);
  for (const {name, role, reveals, meaning} of schema) {
    expect(name).toMatch(/^[a-z_]+$/);
    expect(meaning).toMatch(/^[A-Z\d].*\.$/);
    expect(reveals !== undefined).toBe(role === "feature");
  }
});

test("describeColumn(name) is the declaration, or the bare name as a feature", () => {
  expect(describeColumn("latitude")).toMatchObject({title: "Latitude", unit: "°", range: [-90, 90]});
  expect(describeColumn("bytes")).toMatchObject({title: "bytes", type: "number", role: "feature"});
  expect(["latitude", "bytes", "constructor"].map(isDeclared)).toEqual([true, false, false]);
});
