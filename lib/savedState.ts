/** The data of an object, which `structuredClone` and `v8.serialize` take. */
export interface SavedState {
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What of it is saved, an object of a class with these methods decides: data that it does not change afterwards. */
export interface Saves {
  save(): unknown;
  restore(saved: unknown): void;
}

/**
 * The data of an object that is built of classes, for another of the same class and options to go on from. Fields that hold
 * objects of classes are descended into; of those that have `save` and `restore`, these are called. Functions are left out
 * with all that they hold. Everything else is copied: numbers, texts, typed arrays, ArrayBuffers, lists, Maps, Sets and
 * plain objects. What stands in several places is one object again. Throws a TypeError where a field holds anything else,
 * such as a promise or a DataView.
 *
 * The object itself is always descended into, so that its own `save` may call this.
 */
export function saveState(object: object): SavedState {
  return savedFields(object, new Map());
}

/**
 * Gives a fresh object the data that another had; also options that are among its fields are the other’s then. Throws an
 * Error where the fields are not the same, or where the fresh object has none to restore into. The data may be restored again.
 */
export function restoreState(object: object, saved: SavedState): void {
  restoreFields(object, saved, new Map());
}

type Numbers = Float64Array | BigInt64Array;

/** A typed array that ends with many equal values, such as one with room for more. */
interface SavedNumbers {
  readonly head: Numbers;
  readonly length: number;
  readonly rest: number | bigint;
}

/** The object and the field that a value stands in. */
interface Place {
  readonly object: object;
  field: string;
}

function savedFields(object: object, known: Map<object, unknown>): SavedState {
  const fields: Record<string, unknown> = {};
  const saved = {fields};
  known.set(object, saved);
  const place = {object, field: ""};
  for (const name of Object.keys(object)) {
    const value = (object as Readonly<Record<string, unknown>>)[name];
    if (typeof value === "function") continue;
    place.field = name;
    fields[name] = savedValue(value, known, place);
  }
  return saved;
}

function savedValue(value: unknown, known: Map<object, unknown>, place: Place): unknown {
  if (typeof value === "function" || typeof value === "symbol")
    throw new TypeError(`invalid value to save: ${fieldOf(place)}`);
  if (typeof value !== "object" || value === null) return value;
  const before = known.get(value);
  if (before !== undefined) return before;
  const keep = <T>(saved: T): T => {
    known.set(value, saved);
    return saved;
  };
  if (isNumbers(value)) return keep(savedNumbers(value));
  if (value instanceof ArrayBuffer) return keep(value.slice(0));
  if (Array.isArray(value)) {
    const list = keep(new Array<unknown>(value.length));
    for (let i = 0; i < list.length; ++i) list[i] = savedValue(value[i], known, place);
    return list;
  }
  if (value instanceof Map) {
    const map = keep(new Map());
    for (const [key, one] of value) map.set(savedData(key, known, place), savedData(one, known, place));
    return map;
  }
  if (value instanceof Set) {
    const set = keep(new Set());
    for (const one of value) set.add(savedData(one, known, place));
    return set;
  }
  if (isPlain(value)) {
    const plain: Record<string, unknown> = Object.create(null);
    const saved = keep({plain});
    for (const [name, one] of Object.entries(value)) {
      if (typeof one !== "function") plain[name] = savedValue(one, known, place);
    }
    return saved;
  }
  if (saves(value)) return keep({own: value.save()});
  if (!isInstance(value)) throw new TypeError(`invalid value to save: ${fieldOf(place)}`);
  return savedFields(value, known);
}

// In a fresh Map or Set there is no object of a class that another could be restored into.
function savedData(value: unknown, known: Map<object, unknown>, place: Place): unknown {
  if (typeof value === "object" && value !== null && isInstance(value) && !isPlain(value)) {
    throw new TypeError(`invalid value to save: ${fieldOf(place)}`);
  }
  return savedValue(value, known, place);
}

function savedNumbers(values: Numbers): Numbers | SavedNumbers {
  const {length} = values;
  const used = lengthWithoutRest(values);
  if (length - used < fewestEqual) return values.slice();
  return {head: values.slice(0, used), length, rest: values[length - 1]!};
}

// Up to where values are not all the same, bit by bit: bytes or words, since a loop over many kinds of arrays is slow.
function lengthWithoutRest(values: Numbers): number {
  const {length, buffer, byteOffset, BYTES_PER_ELEMENT} = values;
  if (BYTES_PER_ELEMENT === 1) return lengthOf(new Uint8Array(buffer, byteOffset, length), 1);
  if (BYTES_PER_ELEMENT === 2) return lengthOf(new Uint16Array(buffer, byteOffset, length), 1);
  const words = BYTES_PER_ELEMENT / 4;
  return lengthOf(new Uint32Array(buffer, byteOffset, length * words), words) / words;
}

function lengthOf(parts: Uint8Array | Uint16Array | Uint32Array, step: number): number {
  const low = parts[parts.length - step];
  const high = parts[parts.length - 1];
  let used = parts.length;
  while (used > 0 && parts[used - 1] === high && parts[used - step] === low) used -= step;
  return used;
}

function restoreFields(object: object, saved: SavedState, known: Map<object, unknown>): void {
  known.set(saved, object);
  const target = object as Record<string, unknown>;
  const place = {object, field: ""};
  for (const name of Object.keys(target)) {
    place.field = name;
    if (typeof target[name] === "function" || Object.hasOwn(saved.fields, name)) continue;
    throw new Error(`missing field in saved state: ${fieldOf(place)}`);
  }
  for (const name of Object.keys(saved.fields)) {
    place.field = name;
    if (!Object.hasOwn(target, name)) throw new Error(`unknown field in saved state: ${fieldOf(place)}`);
    target[name] = restored(saved.fields[name], target[name], known, place);
  }
}

function restored(saved: unknown, current: unknown, known: Map<object, unknown>, place: Place): unknown {
  if (typeof saved !== "object" || saved === null) return saved;
  const before = known.get(saved);
  if (before !== undefined) return before;
  const keep = <T>(value: T): T => {
    known.set(saved, value);
    return value;
  };
  // Copied again, since v8.deserialize gives views of one buffer, and since the data may be restored twice.
  if (isNumbers(saved)) return keep(saved.slice());
  if (saved instanceof ArrayBuffer) return keep(saved.slice(0));
  if (Array.isArray(saved)) {
    const list = keep(new Array<unknown>(saved.length));
    const fresh = Array.isArray(current) ? current : [];
    for (let i = 0; i < list.length; ++i) list[i] = restored(saved[i], fresh[i], known, place);
    return list;
  }
  if (saved instanceof Map) {
    const map = keep(new Map());
    for (const [key, one] of saved) {
      map.set(restored(key, undefined, known, place), restored(one, undefined, known, place));
    }
    return map;
  }
  if (saved instanceof Set) {
    const set = keep(new Set());
    for (const one of saved) set.add(restored(one, undefined, known, place));
    return set;
  }
  if ("head" in saved) return keep(restoredNumbers(saved as SavedNumbers));
  if ("plain" in saved) return restoredPlain(saved as {plain: Record<string, unknown>}, current, known, place);
  if (typeof current !== "object" || current === null) throw new Error(`nothing to restore into: ${fieldOf(place)}`);
  if ("own" in saved) {
    if (!saves(current)) throw new Error(`nothing to restore into: ${fieldOf(place)}`);
    current.restore(saved.own);
    return keep(current);
  }
  restoreFields(current, saved as SavedState, known);
  return current;
}

function restoredNumbers({head, length, rest}: SavedNumbers): Numbers {
  const values = new (head.constructor as new (length: number) => Numbers)(length);
  (values as Float64Array).set(head as Float64Array);
  (values as Float64Array).fill(rest as number, head.length);
  return values;
}

// Functions among plain objects, such as those of options, are the fresh object’s.
function restoredPlain(
  saved: {readonly plain: Readonly<Record<string, unknown>>},
  current: unknown,
  known: Map<object, unknown>,
  place: Place
): object {
  const fresh = typeof current === "object" && current !== null ? (current as Record<string, unknown>) : {};
  const plain = Object.fromEntries(Object.entries(fresh).filter(([, value]) => typeof value === "function"));
  known.set(saved, plain);
  for (const [name, value] of Object.entries(saved.plain)) {
    const one = restored(value, Object.hasOwn(fresh, name) ? fresh[name] : undefined, known, place);
    Object.defineProperty(plain, name, {value: one, writable: true, enumerable: true, configurable: true});
  }
  return plain;
}

function fieldOf({object, field}: Place): string {
  return `${object.constructor.name}.${field}`;
}

function isNumbers(value: object): value is Numbers {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

// What the language builds in has a tag of its own: [object Date].
function isInstance(value: object): boolean {
  return Object.prototype.toString.call(value) === "[object Object]";
}

function saves(value: object): value is Saves {
  const {save, restore} = value as Partial<Saves>;
  return typeof save === "function" && typeof restore === "function";
}

/** Fewer equal values at the end of a typed array are copied with it. */
const fewestEqual = 64;
