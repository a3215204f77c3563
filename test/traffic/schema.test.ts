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

test("describeColumn(name) describes a logarithm by its column", () => {
  const rate = describeColumn("request_rate");
  expect(describeColumn("log(request_rate)")).toEqual({
    ...rate,
    name: "log(request_rate)",
    title: "Request rate, log",
    unit: "log₁₀ requests/min",
    meaning: `${rate.meaning} On a logarithmic scale, as log₁₀(1 + x).`
  });
  expect(describeColumn("log(<b>)")).toMatchObject({
    name: "log(<b>)",
    title: "<b>, log",
    unit: "log₁₀",
    type: "number"
  });
  expect(describeColumn("log(latitude)").range).toBeUndefined();
  expect(isDeclared("log(request_rate)")).toBe(false);
});
