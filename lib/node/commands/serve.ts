import {join} from "node:path";
import {forestScorer} from "../../live/forestScorer.js";
import {buildSite} from "../buildSite.js";
import {endWithParent} from "../endWithParent.js";
import {listen} from "../listen.js";
import {readModel} from "../readModel.js";
import {checkServing} from "../server/checkServing.js";
import {type EddyServerOptions, eddyServer} from "../server/eddyServer.js";

/** What to serve and to whom. */
export interface ServeOptions {
  readonly host?: string;
  readonly port?: string;
  /** By default the environment’s `EDDY_TOKEN`. */
  readonly token?: string;
  /** False for the API alone. */
  readonly site?: boolean;
  /** A file of a forest, which scores rows. */
  readonly model?: string;
}

/** Serves the site and the API, until a signal ends it. */
export async function serve(options: ServeOptions, project = process.cwd()): Promise<void> {
  const serving = checkServing({...options, token: options.token ?? process.env.EDDY_TOKEN});
  const scorer = options.model === undefined ? null : forestScorer(readModel(options.model), options.model);
  endWithParent();
  const site = options.site === false ? undefined : await builtSite(project);
  const app = eddyServer({site, scorer: () => scorer, token: serving.token});
  process.stderr.write(`Eddy is at ${await listen(app, serving)}\n`);
  const close = () => void app.close();
  process.once("SIGINT", close).once("SIGTERM", close);
}

/** The site of a project, built if need be, as a server takes it. */
export async function builtSite(project: string): Promise<EddyServerOptions["site"]> {
  await buildSite(project);
  return {directory: join(project, "dist"), map: "/notebook/map", tiles: "https://tile.openstreetmap.org"};
}
