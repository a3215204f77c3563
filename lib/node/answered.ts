import {InputError} from "../inputError.js";

/**
 * The answer to a question about the rows of these files. Where there is none, as the library says by a RangeError, throws
 * an InputError that names the files.
 */
export function answered<T>(paths: readonly string[], question: () => T): T {
  try {
    return question();
  } catch (error) {
    throw error instanceof RangeError ? new InputError(`${paths.join(", ")}: ${error.message}`) : error;
  }
}
