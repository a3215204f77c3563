import type {NamedFile} from "./logFolder.js";

/** The files of one log, as they are now. */
export interface FamilyFiles {
  /** The file that is written. */
  readonly path: string;
  /** Whether there may be no such file, as of logs with dates in their names. */
  readonly isOptional: boolean;
  /** All files, and what changes when names come or go. Throws where their folder cannot be read. */
  list(): {readonly files: readonly NamedFile[]; readonly version: string};
}
