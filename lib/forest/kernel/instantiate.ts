import {kernelModule} from "./module.js";

/** What the compiled module offers; see assembly.ts. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  rank(values: number, rows: number, thresholds: number, count: number, ranks: number): void;
  addAxisTree(
    ranks: number,
    rows: number,
    top: number,
    nodes: number,
    steps: number,
    values: number,
    sums: number
  ): void;
  addSlantedTree(
    block: number,
    rows: number,
    root: number,
    dims: number,
    stride: number,
    penalizes: number,
    sums: number
  ): void;
}

/** A fresh instance with a memory of its own, or null where WebAssembly is refused. */
export function instantiate(): KernelExports | null {
  try {
    module ??= new WebAssembly.Module(Uint8Array.from(atob(kernelModule), (c) => c.charCodeAt(0)));
    return new WebAssembly.Instance(module).exports as unknown as KernelExports;
  } catch {
    return null;
  }
}

/** Makes a memory reach so many bytes, up to 1 GiB; false when that is not to be had. */
export function reserve(memory: WebAssembly.Memory, bytes: number): boolean {
  if (bytes > 2 ** 30) return false;
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / 65_536);
  try {
    if (missing > 0) memory.grow(missing);
    return true;
  } catch {
    return false;
  }
}

let module: WebAssembly.Module | undefined;
