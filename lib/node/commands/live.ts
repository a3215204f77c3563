import {once} from "node:events";
import {existsSync, rmSync} from "node:fs";
import {mkdtemp} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {InputError} from "../../inputError.js";
import {alertSentence} from "../../live/alertSentence.js";
import type {LiveState} from "../../live/liveState.js";
import {visibleText} from "../../live/visibleText.js";
import {Watch} from "../../live/watch.js";
import {endWithParent} from "../endWithParent.js";
import {listen} from "../listen.js";
import {checkpointFiles, readCheckpoint, writeCheckpoint} from "../live/checkpoint.js";
import {EventLog} from "../live/eventLog.js";
import {type Checkpoint, FollowedTraffic} from "../live/followTraffic.js";
import {checkLiveOptions, defaultStateFolder, type LiveOptions} from "../live/liveOptions.js";
import {openOutputs, outputsOf} from "../live/openOutputs.js";
import {openSources} from "../live/openSources.js";
import {openStateFolder} from "../live/stateFolder.js";
import {TrainThread} from "../live/trainThread.js";
import {watchOptions} from "../live/watchOptions.js";
import {checkServing} from "../server/checkServing.js";
import {eddyServer} from "../server/eddyServer.js";
import {builtSite} from "./serve.js";

/** Follows sources, keeps and tells alerts, and serves the page and the API, until a signal ends it. */
export async function live(options: LiveOptions, project = process.cwd()): Promise<void> {
  const serving = checkServing({...options, token: options.token ?? process.env.EDDY_TOKEN});
  checkLiveOptions(options);
  const told = outputsOf(options);
  // Whoever read its words may have gone; it watches on.
  process.stderr.on("error", () => {});
  endWithParent();
  const stop = new AbortController();
  const site = options.site === false ? undefined : await builtSite(project);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

  // A replay begins anew each time: what it keeps is for looking at.
  const isLive = options.replay !== true;
  const isKept = isLive || options.state !== undefined;
  const path = isKept ? (options.state ?? defaultStateFolder(options)) : await temporaryFolder();
  if (!isLive && !options.fresh) refuseKept(path);
  const {watch: watchAs, meaning} = await watchOptions(options);
  const folder = await openStateFolder(path);
  if (options.fresh || !isLive) await folder.clear();
  const trainer = new TrainThread();
  const watch = new Watch(watchAs, trainer.train);
  const found = isLive ? await readCheckpoint(path, meaning) : null;
  for (const warning of found?.warnings ?? []) say(warning);
  const checkpoint = found?.data as Checkpoint | undefined;
  if (checkpoint !== undefined) watch.restore(checkpoint.watch);
  const events = await EventLog.open(path, {covered: checkpoint?.sequence, warn: say});
  const outputs = await openOutputs(told, events, {folder: path, silence: options.silence, warn: say});
  const followed = new FollowedTraffic({
    watch,
    sources: await openSources(options, () => watch.receiver(), checkpoint?.sources),
    events,
    checkpoint: isLive ? (data, kept) => writeCheckpoint(path, data, meaning, kept) : null,
    every: 1000 * (options.checkpoint ?? 5),
    outputs,
    replay: isLive ? null : {speed: options.speed ?? Number.POSITIVE_INFINITY}
  });
  stop.signal.addEventListener("abort", () => followed.stop());
  if (stop.signal.aborted) followed.stop();

  const state = () => followed.state();
  const app = eddyServer({site, feed: {state, events}, scorer: () => watch.scorer(), token: serving.token});
  say(`Eddy is at ${await listen(app, serving)}${site === undefined ? "" : "/live"}`);
  const unsubscribe = sayAlerts(events);
  const unreport = sayState(state);
  await followed.run();
  unreport();
  if (!stop.signal.aborted && options.exit && state().sources.some(({fault}) => fault !== null)) process.exitCode = 1;
  if (!stop.signal.aborted && !options.exit) await once(stop.signal, "abort");

  unsubscribe();
  await Promise.all(outputs.map((output) => output.close()));
  await app.close();
  await trainer.close();
  await events.close();
  await folder.release();
}

/** A folder that goes with this process, however that ends but by a signal. */
async function temporaryFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "eddy-replay-"));
  process.once("exit", () => rmSync(path, {recursive: true, force: true}));
  return path;
}

// A replay clears its folder, and would forget what a watch has learned and told.
function refuseKept(path: string): void {
  if (!checkpointFiles.some((name) => existsSync(join(path, name)))) return;
  throw new InputError(`${path}: holds what a watch has kept; name another folder, or --fresh to forget it`);
}

function sayAlerts(events: EventLog): () => void {
  return events.subscribe(({what, alert}) => {
    if (what === "raised") say(alertSentence(alert));
  });
}

/** Says when the phase of the model or a fault changes, until what it returns is called: then for the last time. */
function sayState(state: () => LiveState): () => void {
  let phase = "";
  let faults: readonly string[] = [];
  const look = () => {
    const {model, faults: now} = state();
    if (model.phase !== phase) {
      phase = model.phase;
      if (phase === "warming up") say(`learning: ${model.needed} rows are needed before anything is judged`);
      if (phase === "watching") say(`watching: ${model.rule}, threshold ${model.threshold?.toFixed(3)}`);
    }
    const told = now.map(({where, what}) => `${where}: ${what}`);
    for (const fault of told) if (!faults.includes(fault)) say(fault);
    for (const fault of faults) if (!told.includes(fault)) say(`${fault}: over`);
    faults = told;
  };
  const timer = setInterval(look, 1000);
  return () => {
    clearInterval(timer);
    look();
  };
}

// Names of files and words of others may hold what a terminal would obey.
function say(message: string): void {
  process.stderr.write(`${visibleText(message, 2000)}\n`);
}
