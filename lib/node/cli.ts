import {setFlagsFromString} from "node:v8";
import {Command, CommanderError, Option} from "commander";
import {parseRule} from "../evaluation/threshold.js";
import type {PresetName} from "../forest/parameters.js";
import {InputError} from "../inputError.js";
import {scenarios} from "../traffic/scenarios/scenarios.js";
import {
  above0,
  addRule,
  addText,
  forestOptions,
  formatOption,
  notEmpty,
  number,
  outputOption,
  positive,
  rowOptions,
  rule,
  serveOptions,
  speed,
  spellings,
  spellingsWithoutLabels,
  whole
} from "./cliOptions.js";
import {UsageError} from "./usageError.js";
import {version} from "./version.js";

const inputs = "logs, captures, CSV, Arrow or Parquet, also within gzip; - is the standard input";

// A reader that has seen enough, such as head, is no failure.
process.stdout.on("error", ({code}: NodeJS.ErrnoException) => {
  if (code !== "EPIPE") fail(1, `standard output: cannot be written (${code})`);
});

const program = new Command("npm run --silent eddy --")
  .description("Finds fake and malicious traffic, or the odd rows of any table.")
  .version(version())
  .configureOutput({outputError: () => {}, writeErr: () => {}})
  .exitOverride();

program
  .command("inspect")
  .description("tell what files hold, as JSON")
  .argument("<file...>", `${inputs}; a folder stands for all files in it`)
  .option("--json", "print JSON, as it always does")
  .action(async (files: string[]) => {
    const {inspect} = await import("./commands/inspect.js");
    const report = await inspect(files);
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    if (report.failed !== undefined) process.exitCode = 1;
  });

program
  .command("simulate")
  .description("write simulated traffic")
  .addOption(
    new Option("--scenario <name>", "what to simulate").choices(scenarios.map(({name}) => name)).makeOptionMandatory()
  )
  .requiredOption("--rows <number>", "how many sessions", positive)
  .option("--seed <number>", "the same seed gives the same traffic", whole, 1)
  .option("--days <number>", "length of the period; by default the scenario’s", number)
  .option("--fakes <share>", "share of fakes, 0 to 1; by default the scenario’s", number)
  .addOption(outputOption())
  .addOption(formatOption())
  .action(async (options) => {
    const {simulate} = await import("./commands/simulate.js");
    await simulate(options);
  });

const score = program
  .command("score")
  .description(
    "score sessions, flows, or the rows of files with the same columns, and write them with anomaly_score and anomaly"
  )
  .argument("<file...>", `${inputs}; several logs are read as one`);
rowOptions(forestOptions(score))
  .option("--label <column>", "column of labels (1 fake, 0 genuine, empty unknown), to evaluate by")
  .addOption(
    new Option("--threshold <rule>", `${spellings}; by default mad:3, of logs the highest 1 %`).argParser(rule)
  )
  .option("--save-model <file>", "keep the forest")
  .option("--model <file>", "score with a kept forest instead of growing one")
  .option("--summary <file>", "write what was done and found, as JSON")
  .option("--threads <number>", "threads to score with", positive)
  .option("--labels <file>", "CSV of labels for logs: client, fake_traffic and, where known, kind, tool, from, to")
  .option("--places", "look up where the clients of logs are")
  .option("--anonymize <seed>", "replace addresses, users and values in paths of logs by pseudonyms", notEmpty)
  .option("--skip-rejects", "skip lines that hold no row, and count them, instead of stopping at the first")
  .addOption(outputOption())
  .addOption(formatOption())
  .action(async (files: string[], {preset, trees, sampleSize, dims, seed, ...options}) => {
    const {score} = await import("./commands/score.js");
    const forest = {preset: preset as PresetName | undefined, trees, sampleSize, dims, seed};
    const {rows, pause, forwarded, labels, places, anonymize, ...rest} = options;
    const sessions = pause === undefined && forwarded === undefined ? undefined : {pause, forwarded};
    const label = rest.label ?? (labels === undefined ? undefined : "fake_traffic");
    await score(files, {...rest, label, forest, logs: {rows, sessions, labels, places, anonymize}});
  });

program
  .command("evaluate")
  .description("judge scores by labels: areas, curves, thresholds and what they do, as JSON")
  .argument("<file...>", "CSV, Arrow or Parquet, also within gzip; - is the standard input")
  .option("--score <column>", "column of scores, higher is more anomalous", "anomaly_score")
  .requiredOption("--label <column>", "column of labels (1 fake, 0 genuine, empty unknown)")
  .option("--other <column>", "column of another score, to compare with (DeLong’s paired test)")
  .option("--threshold <rule>", `a rule, given as often as you like: ${spellings}; by default mad:3`, addRule, [])
  .option("--days <number>", "days that the rows span; by default those of the column timestamp", above0)
  .option("--replicates <number>", "bootstrap intervals and a permutation test of so many replicates", whole, 0)
  .option("--seed <number>", "the same seed gives the same replicates", whole, 1)
  .addOption(
    new Option("--print <style>", "print confusion matrices as R’s caret does, instead of JSON").choices(["r"])
  )
  .option("--output <file>", "where to write; by default the standard output")
  .action(async (files: string[], {threshold, ...options}) => {
    const {evaluate} = await import("./commands/evaluate.js");
    await evaluate(files, {...options, threshold: threshold.length === 0 ? [parseRule("mad:3")] : threshold});
  });

const live = program
  .command("live")
  .description("follow logs or a flow export, score what goes on, and serve the page Live")
  .argument("[log...]", "the same as --tail; - is the standard input");
serveOptions(rowOptions(forestOptions(live)))
  .option("--tail <log>", "a log that grows, or a folder of logs; given as often as you like", addText, [])
  .option("--netflow <host:port>", "take NetFlow and IPFIX over UDP here; given as often as you like", addText, [])
  .addOption(new Option("--from <where>", "where to begin in a log").choices(["start", "end"]).default("start"))
  .option("--replay", "read what is there as if it happened now, and no further")
  .option("--speed <times>", "how many times as fast as it happened; as fast as it goes without", speed)
  .option("--late <minutes>", "how late a record may come; 5 without", number)
  .option("--model <file>", "begin with a kept forest")
  .option(
    "--warm-up <rows>",
    "rows to learn from before anything is judged; 500 sessions or 2,000 flows without",
    positive
  )
  .option("--window <hours>", "how far back to learn from; 24 without", above0)
  .option("--retrain <minutes>", "how often to learn anew, 0 never; 60 without", number)
  .option("--budget <alerts>", "alerts an hour that the threshold is to give; 10 without", above0)
  .addOption(
    new Option("--threshold <rule>", `another rule, without labels: ${spellingsWithoutLabels}`).argParser(rule)
  )
  .option("--no-places", "leave out where clients are")
  .option("--state <folder>", "where to keep alerts and checkpoints; a folder of these sources in .eddy without")
  .option("--fresh", "begin afresh: forget what was kept")
  .option("--checkpoint <seconds>", "how often to write a checkpoint", above0, 5)
  .option("--alerts <file>", "append every change of an alert as a line of JSON; - is the standard output")
  .option(
    "--webhook <url>",
    "post alerts here, or to EDDY_WEBHOOK; signed with --webhook-secret or EDDY_WEBHOOK_SECRET"
  )
  .option("--webhook-secret <secret>", "what to sign with", notEmpty)
  .option("--syslog <url>", "send alerts to syslog, such as udp://127.0.0.1:514")
  .option("--silence <minutes>", "after an alert was sent, send no other of its client for so long; 15 without", number)
  .option("--exit", "end with the last source instead of serving on")
  .action(async (logs: string[], {preset, trees, sampleSize, dims, seed, tail, pause, forwarded, ...options}) => {
    const {live} = await import("./commands/live.js");
    const forest = {preset: preset as PresetName | undefined, trees, sampleSize, dims, seed};
    await live({
      ...options,
      webhook: options.webhook ?? (process.env.EDDY_WEBHOOK || undefined),
      logs: [...tail, ...logs],
      forest,
      sessions: {pause, forwarded}
    });
  });

serveOptions(program.command("serve").description("serve the site, and its API"))
  .option("--model <file>", "a kept forest, for /api/score")
  .action(async (options) => {
    const {serve} = await import("./commands/serve.js");
    await serve(options);
  });

// Tables pass by in batches that soon are garbage. V8 would let 60 MB more of it pile up, and gain little time. Evaluation
// holds its rows and would lose 7 % of its time.
program.hook("preAction", (_, command) => {
  if (["inspect", "simulate", "score"].includes(command.name())) setFlagsFromString("--optimize-for-size");
});

for (const command of program.commands) command.helpOption("--help", "print this");
program.helpOption("--help", "print this");

await program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return;
    const message = error.message
      .replace(/^error: /, "")
      .split("\n")
      .join(" ");
    fail(2, `${message === "(outputHelp)" ? "missing verb" : message} ${hint()}`);
  }
  if (error instanceof UsageError) fail(2, `${error.message} ${hint()}`);
  fail(1, error instanceof InputError ? error.message : `failed: ${(error as Error).message}`);
});

function hint(): string {
  const verb = program.commands.find((command) => command.name() === process.argv[2])?.name();
  return `(npm run eddy -- ${verb === undefined ? "" : `${verb} `}--help tells what there is)`;
}

function fail(code: 1 | 2, message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}
