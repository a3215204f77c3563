import type {Head} from "./format.js";
import {LineReader} from "./lineReader.js";
import {lineText} from "./lineText.js";
import type {RecordReader, RecordReceiver} from "./recordReader.js";

/** What a line of JSON may hold. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = {readonly [key: string]: Json | undefined};

/** Takes the object of a line; tells why it is a reject, or undefined where it has handed it over. */
export type OnObject = (object: JsonObject, line: number) => string | undefined;

/** Reads one JSON object a line and hands over each; a line that holds none is a reject. */
export class JsonLines implements RecordReader {
  private readonly lines: LineReader;

  constructor(receiver: RecordReceiver, onObject: OnObject) {
    this.lines = new LineReader(
      (bytes, start, end, line) => {
        const text = decoder.decode(bytes.subarray(start, end));
        const object = objectIn(text);
        const reason = typeof object === "string" ? object : onObject(object, line);
        if (reason !== undefined) receiver.reject(line, reason, lineText(bytes, start, end));
      },
      (line) => receiver.reject(line, "too long", "")
    );
  }

  push(bytes: Uint8Array): void {
    this.lines.push(bytes);
  }

  end(): void {
    this.lines.end();
  }
}

/**
 * The JSON objects among the first lines of a file, by which its format is told; none where most lines are something else,
 * as in a text that quotes one.
 */
export function objectsIn(head: Head): JsonObject[] {
  const first = head.lines.slice(0, 50);
  const objects = first.map(objectIn).filter((object) => typeof object !== "string");
  return 2 * objects.length < first.length ? [] : objects;
}

/** The object at a key, undefined where there is none. */
export function objectAt(object: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = object?.[key];
  return isObject(value) ? value : undefined;
}

/** The text at a key, null where there is none. */
export function textAt(object: JsonObject | undefined, key: string): string | null {
  const value = object?.[key];
  return typeof value === "string" ? value : null;
}

/** The number at a key, from 0 up to 2⁶⁴, also where it stands as text; NaN where there is none. */
export function numberAt(object: JsonObject | undefined, key: string): number {
  const value = object?.[key];
  const number = typeof value === "string" && isDecimal.test(value) ? Number(value) : value;
  return typeof number === "number" && number >= 0 && number <= 2 ** 64 ? number : Number.NaN;
}

/** The port at a key, NaN where there is none. */
export function portAt(object: JsonObject | undefined, key: string): number {
  const port = numberAt(object, key);
  return port < 2 ** 16 ? port : Number.NaN;
}

/** The object of a line, or why there is none. */
function objectIn(text: string): JsonObject | "empty line" | "not JSON" | "not an object" {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : "not an object";
  } catch {
    return text.trim() === "" ? "empty line" : "not JSON";
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const isDecimal = /^\d{1,20}(\.\d{1,20})?$/;
const decoder = new TextDecoder();
