import {lstatSync, realpathSync} from "node:fs";
import {basename, dirname} from "node:path";
import type {FamilyFiles} from "./familyFiles.js";
import {familyName} from "./familyName.js";
import {LogFolder} from "./logFolder.js";

/**
 * The files of the log at a path, its predecessors among them; where the path is a link, such as one to today’s file, these
 * are beside the file that it leads to.
 */
export function filesOfLog(path: string): FamilyFiles {
  let folder = new LogFolder(dirname(path));
  return {
    path,
    isOptional: false,
    list: () => {
      const isLink = lstatSync(path, {throwIfNoEntry: false})?.isSymbolicLink();
      const place = isLink ? realpathSync(path) : path;
      if (folder.path !== dirname(place)) folder = new LogFolder(dirname(place));
      folder.refresh();
      const name = basename(place);
      const family = folder.filesOf(isLink ? familyName(name).base : name);
      const predecessors = family.filter((file) => basename(file.path) !== name && (isLink || file.suffix !== ""));
      return {files: [...predecessors, {path, suffix: ""}], version: `${place} ${folder.version}`};
    }
  };
}
