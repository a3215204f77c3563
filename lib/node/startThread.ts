import {Worker, type WorkerOptions} from "node:worker_threads";

/** A thread that runs a module of ours. Node 20 starts threads without the loader of TypeScript, which it registers first. */
export function startThread(module: URL, options: Omit<WorkerOptions, "eval"> = {}): Worker {
  const loader = JSON.stringify(import.meta.resolve("tsx/esm/api"));
  const code = `import(${loader}).then(({register}) => (register(), import(${JSON.stringify(module.href)})))`;
  return new Worker(code, {...options, eval: true});
}
