import {readFileSync} from "node:fs";
import {type Forest, openForest} from "../forest/forest.js";
import {InputError} from "../inputError.js";
import {readFault} from "./readFault.js";

/** The forest in a file; throws an InputError that names it where it cannot be read or is none. */
export function readModel(path: string): Forest {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw readFault(error, path);
  }
  try {
    return openForest(new Uint8Array(bytes).buffer);
  } catch (error) {
    throw new InputError(`${path}: ${(error as Error).message}`);
  }
}
