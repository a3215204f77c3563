import type {Format, Head} from "./format.js";
import {formats} from "./formats.js";

/** The format of a log that begins so, null where it is none that is known; content decides, never a file’s name. */
export function detectFormat(head: Head): Format | null {
  return formats.find(({matches}) => matches(head)) ?? null;
}
