import {InputError} from "../../inputError.js";

/** What went wrong as an InputError that names the file, such as `events-1.jsonl: cannot be written (ENOSPC: the disk is full)`. */
export function writeFault(error: unknown, path: string): Error {
  if (error instanceof InputError) return error;
  const {code = "", syscall} = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error as Error;
  const words = Object.hasOwn(meanings, code) ? `${code}: ${meanings[code]}` : code;
  return new InputError(`${path}: cannot be written (${words})`);
}

const meanings: Record<string, string> = {
  EACCES: "not permitted",
  EDQUOT: "the quota is used up",
  EFBIG: "files may not be that large",
  EISDIR: "is a folder",
  ENOENT: "no such folder",
  ENOSPC: "the disk is full",
  ENOTDIR: "not a folder",
  EPERM: "not permitted",
  EROFS: "the disk is read-only"
};
