import {readFileSync} from "node:fs";

/** The version of Eddy. */
export function version(): string {
  const {version} = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return version;
}
