import type {BroughtLogs} from "./bringControl.js";
import {modelCode} from "./calls.js";
import type {Trained} from "./modelControl.js";
import type {Threshold} from "./thresholdControl.js";

/** The source of a loader that makes an experiment of the same logs, read and scored in the same way. */
export function bringLoader(
  {files, choices, summary}: Pick<BroughtLogs, "files" | "choices" | "summary">,
  trained: Pick<Trained, "options" | "parameters" | "features">,
  {rule}: Threshold
): string {
  const paths = files.map((name) => JSON.stringify(`data/mine/${name}`)).join(", ");
  const options = [
    ...(choices.rows === null ? [] : [`rows: ${JSON.stringify(choices.rows)}`]),
    ...(choices.forwarded === "ignore" ? [] : [`sessions: {forwarded: ${JSON.stringify(choices.forwarded)}}`]),
    ...(choices.places ? ["places: true"] : []),
    ...(choices.anonymize ? [`anonymize: secret("EDDY_SECRET")`] : [])
  ].join(", ");
  const parameters = Object.entries(rule).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  const label = summary.label === null ? "" : `\n  label: ${JSON.stringify(summary.label)},`;
  const secret = choices.anonymize ? '\nimport {secret} from "../../lib/node/secret.js";' : "";
  return `import {readTraffic} from "../../lib/node/readTraffic.js";${secret}
import {writeExperiment} from "../../lib/node/writeExperiment.js";

await writeExperiment({
  title: ${JSON.stringify(files.join(", "))},
  traffic: await readTraffic([${paths}]${options && `, {${options}}`}),${label}
  ${modelCode(trained).replaceAll("\n", "\n  ")}
  threshold: {${parameters.join(", ")}}
});
`;
}
