import {once} from "node:events";
import {existsSync, rmSync} from "node:fs";
import {mkdtemp} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {InputError} from "../../inputError.js";
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
import {say, tellTerminal} from "../live/tellTerminal.js";
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
  const endTelling = tellTerminal(events, state);
  await followed.run();
  endTelling();
  if (!stop.signal.aborted && options.exit && state().sources.some(({fault}) => fault !== null)) process.exitCode = 1;
  if (!stop.signal.aborted && !options.exit) await once(stop.signal, "abort");

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
