import {expect, test} from "vitest";
import type {FileReport} from "../../../lib/formats/fileReport.js";
import {withoutSamples} from "../../../lib/traffic/anonymizing/withoutSamples.js";

test("withoutSamples(report) shows no line as it stands, and counts the same", () => {
  const reject = {line: 3, lines: [3, 4], reason: "no time", count: 2, sample: "9.8.7.6 jane"};
  const report = {file: "a.log", rejects: [reject]} as unknown as FileReport;
  expect(withoutSamples(report)).toEqual({file: "a.log", rejects: [{...reject, sample: ""}]});
  expect(report.rejects[0]!.sample).toBe("9.8.7.6 jane");
});
