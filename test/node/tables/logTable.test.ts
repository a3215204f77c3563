import {expect, test} from "vitest";
import {logTable} from "../../../lib/node/tables/logTable.js";
import {logsIn, openInputs} from "../../../lib/node/tables/openTables.js";
import {file, temporaryFolder} from "./files.js";

const folder = temporaryFolder();
const line = '192.0.2.77 - - [05/Jan/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" "x"\n';
const path = file(folder, "access.log", `${line}192.0.2.77 jane nonsense\n`);

test.each([
  [undefined, "192.0.2.77 jane nonsense"],
  ["a secret", ""]
])("logTable(files, {anonymize: %j}) reports rejects with the sample %j", async (anonymize, sample) => {
  const log = logTable(logsIn(await openInputs([path]))!, {anonymize});
  for await (const batch of log.batches()) expect(batch.rows).toBe(1);
  expect(log.reports()[0]!.rejects).toMatchObject([{line: 2, count: 1, sample}]);
});
