import {setFlagsFromString} from "node:v8";
import {Command, CommanderError, InvalidArgumentError, Option} from "commander";
import {parseRule, type ThresholdRule} from "../evaluation/threshold.js";
import {declarationOf, type RuleDeclaration, syntaxOf, thresholdRules} from "../evaluation/thresholdRules.js";
import {type PresetName, presets} from "../forest/parameters.js";
import {InputError} from "../inputError.js";
import {scenarios} from "../traffic/scenarios/scenarios.js";
import {tableWriters} from "./tables/tableWriter.js";
import {UsageError} from "./usageError.js";
import {version} from "./version.js";

const inputs = "logs, captures, CSV, Arrow or Parquet, also within gzip; - is the standard input";
const spellings = thresholdRules.map(syntaxOf).join(", ");

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

program
  .command("score")
  .description(
    "score sessions, flows, or the rows of files with the same columns, and write them with anomaly_score and anomaly"
  )
  .argument("<file...>", `${inputs}; several logs are read as one`)
  .option(
    "--features <names>",
    "columns that the forest sees, or log(column), separated by commas; by default all numbers",
    names
  )
  .option("--label <column>", "column of labels (1 fake, 0 genuine, empty unknown), to evaluate by")
  .addOption(new Option("--preset <name>", "kind of forest").choices(Object.keys(presets)))
  .option("--trees <number>", "number of trees", positive)
  .option("--sample-size <number>", "rows drawn for each tree", whole)
  .option("--dims <number>", "features in a split", positive)
  .option("--seed <number>", "the same seed gives the same scores", whole)
  .addOption(
    new Option("--threshold <rule>", `${spellings}; by default mad:3, of logs the highest 1 %`).argParser(rule)
  )
  .option("--save-model <file>", "keep the forest")
  .option("--model <file>", "score with a kept forest instead of growing one")
  .option("--summary <file>", "write what was done and found, as JSON")
  .option("--threads <number>", "threads to score with", positive)
  .addOption(new Option("--rows <kind>", "what to make of logs of requests and flows").choices(["sessions", "flows"]))
  .option("--pause <minutes>", "silence that ends a session; 30 without", above0)
  .addOption(
    new Option(
      "--forwarded <which>",
      "take clients from X-Forwarded-For: its last, its first, or past so many proxies"
    ).argParser(forwarded)
  )
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

// Tables pass by in batches that soon are garbage. V8 would let 60 MB more of it pile up, and gain little time. Evaluation
// holds its rows and would lose 7 % of its time.
program.hook("preAction", (_, command) => {
  if (command.name() !== "evaluate") setFlagsFromString("--optimize-for-size");
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
    fail(2, `${message === "(outputHelp)" ? "missing verb" : message} (npm run eddy -- --help tells what there is)`);
  }
  if (error instanceof UsageError) fail(2, `${error.message} (npm run eddy -- --help tells what there is)`);
  fail(1, error instanceof InputError ? error.message : `failed: ${(error as Error).message}`);
});

function fail(code: 1 | 2, message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

function outputOption(): Option {
  return new Option("--output <file>", "where to write; the ending tells the format; by default the standard output");
}

function formatOption(): Option {
  return new Option("--format <name>", "what to write, if the ending does not tell").choices(Object.keys(tableWriters));
}

function names(text: string): string[] {
  const list = text.split(",").map((name) => name.trim());
  if (list.includes("")) throw new InvalidArgumentError("expected names separated by commas");
  return [...new Set(list)];
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError("expected a whole number from 1");
  return Number(text);
}

function whole(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("expected a whole number from 0");
  return Number(text);
}

function number(text: string): number {
  if (!/^\d*\.?\d+(e[-+]?\d+)?$/i.test(text)) throw new InvalidArgumentError("expected a number");
  return Number(text);
}

function above0(text: string): number {
  const value = number(text);
  if (value === 0) throw new InvalidArgumentError("expected a number above 0");
  return value;
}

function forwarded(text: string): "last" | "first" | number {
  if (text === "last" || text === "first") return text;
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError("expected last, first or a whole number from 1");
  return Number(text);
}

function notEmpty(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("expected a secret, got none");
  return text;
}

function rule(text: string): ThresholdRule {
  try {
    return parseRule(text);
  } catch {
    const declaration = declarationOf(text.split(":")[0] as string);
    throw new InvalidArgumentError(`expected ${declaration === undefined ? spellings : rangeOf(declaration)}`);
  }
}

// How a rule is spelled, and what its numbers may be.
function rangeOf(declaration: RuleDeclaration): string {
  const ranges = declaration.parameters.map(({name, min, max, open}) => {
    const low = Number.isFinite(min) ? ` ${open === undefined ? "from" : "above"} ${min}` : "";
    const high = Number.isFinite(max) ? ` ${open === "both" ? "below" : "up to"} ${max}` : "";
    return `${name}${low}${high}`;
  });
  return [syntaxOf(declaration), ...ranges].join(", ");
}

function addRule(text: string, rules: readonly ThresholdRule[]): ThresholdRule[] {
  return [...rules, rule(text)];
}
