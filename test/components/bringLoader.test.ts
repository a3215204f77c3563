import {expect, test} from "vitest";
import {bringLoader} from "../../src/components/bringLoader.js";

const forest = {options: {preset: "auto"}, parameters: {seed: 1}, features: ["log(request_rate)"]} as never;
const threshold = {rule: {rule: "quantile", share: 0.01}, value: 0.6} as const;
const choices = {rows: null, forwarded: "ignore", places: false, anonymize: false} as const;

test("bringLoader(brought, trained, threshold) is a loader of the same logs, forest and threshold", () => {
  const summary = {label: null} as never;
  expect(bringLoader({files: ["access.log"], choices, summary}, forest, threshold)).toMatchInlineSnapshot(`
    "import {readTraffic} from "../../lib/node/readTraffic.js";
    import {writeExperiment} from "../../lib/node/writeExperiment.js";

    await writeExperiment({
      title: "access.log",
      traffic: await readTraffic(["data/mine/access.log"]),
      features: ["log(request_rate)"],
      forest: {preset: "auto", seed: 1},
      threshold: {rule: "quantile", share: 0.01}
    });
    "
  `);
});

test("bringLoader(brought) keeps the reader’s choices, and names of files as text", () => {
  const all = {rows: "sessions", forwarded: "last", places: true, anonymize: true} as const;
  const code = bringLoader(
    {files: ['a"b\n.log'], choices: all, summary: {label: "alerted"} as never},
    forest,
    threshold
  );
  expect(code).toContain(
    'readTraffic(["data/mine/a\\"b\\n.log"], {rows: "sessions", sessions: {forwarded: "last"}, places: true, anonymize: secret("EDDY_SECRET")})'
  );
  expect(code).toContain('import {secret} from "../../lib/node/secret.js";\n');
  expect(code).toContain('label: "alerted",\n');
});
