import {InputError} from "../inputError.js";

/** The error as an InputError that names the file, if it tells that the file cannot be read; otherwise the error itself. */
export function readFault(error: unknown, path: string): unknown {
  const {code, syscall} = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return new InputError(`${path}: no such file`);
  return syscall === undefined ? error : new InputError(`${path}: cannot be read (${code})`);
}
