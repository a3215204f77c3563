import {open} from "node:fs/promises";

/** Waits until the names in a folder are on the disk; does nothing where the system has no such thing. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r").catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
