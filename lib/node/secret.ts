import {InputError} from "../inputError.js";

/**
 * The value of an environment variable, for what a loader must not state, as its source is published with its results. Throws
 * an InputError where it is not set or empty.
 */
export function secret(name: string): string {
  const value = process.env[name];
  if (!value) throw new InputError(`missing environment variable: ${name}`);
  return value;
}
