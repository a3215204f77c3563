import {InputError} from "../inputError.js";

/** A value of a MaxMind database; whole numbers above 2^53 are rounded, bytes are left out as null. */
export type MaxmindValue = string | number | boolean | null | MaxmindMap | readonly MaxmindValue[];

/** Named values; a Map, since the names are the file’s. */
export type MaxmindMap = ReadonlyMap<string, MaxmindValue>;

/** The part of the bytes in which values stand; pointers count from its start. */
export interface MaxmindSection {
  readonly start: number;
  readonly end: number;
}

/**
 * The value at a place of a MaxMind database’s data section. Throws an InputError on what leads out of the section, nests
 * too deeply, holds too many values, or is of no known type.
 */
export function maxmindValue(bytes: Uint8Array, at: number, section: MaxmindSection): MaxmindValue {
  return new Decoder(bytes, section).value(at, 0);
}

// Records have a few dozen values in ten languages; a pointer can make a few bytes stand for any number of them.
const mostValues = 4096;
const mostDepth = 32;
const mostText = 16384;

class Decoder {
  /** Behind the value that was read last. */
  private end = 0;
  private values = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly section: MaxmindSection
  ) {}

  value(at: number, depth: number, isPointedTo = false): MaxmindValue {
    if (++this.values > mostValues) throw broken("a record has too many values");
    if (depth > mostDepth) throw broken("a record is too deep");
    let next = at;
    const control = this.byte(next++);
    const type = control >> 5 || this.byte(next++) + 7;
    if (type === types.pointer) {
      if (isPointedTo) throw broken("a pointer leads to a pointer");
      const {target, end} = this.pointer(control, next);
      const value = this.value(target, depth + 1, true);
      this.end = end;
      return value;
    }
    let size = control & 31;
    if (size > 28) {
      const more = size - 28;
      size = this.whole(next, more) + [29, 285, 65821][more - 1]!;
      next += more;
    }
    switch (type) {
      case types.map:
        return this.map(next, size, depth);
      case types.array:
        return this.array(next, size, depth);
      case types.boolean:
        this.end = next;
        return size !== 0;
    }
    this.end = next + size;
    if (this.end > this.section.end) throw broken("a value is cut short");
    switch (type) {
      case types.text:
        if (size > mostText) throw broken("a text is too long");
        return decoder.decode(this.bytes.subarray(next, this.end));
      case types.double:
      case types.float:
        return this.real(next, size, type === types.double ? 8 : 4);
      case types.bytes:
        return null;
      case types.int32:
        return this.whole(next, size) | 0;
      case types.uint16:
      case types.uint32:
      case types.uint64:
      case types.uint128:
        if (size > 16) throw broken("a number is too long");
        return this.whole(next, size);
    }
    throw broken(`a value is of type ${type}`);
  }

  private map(at: number, size: number, depth: number): MaxmindMap {
    const map = new Map<string, MaxmindValue>();
    this.end = at;
    for (let i = 0; i < size; ++i) {
      const name = this.value(this.end, depth + 1);
      if (typeof name !== "string") throw broken("a name is no text");
      map.set(name, this.value(this.end, depth + 1));
    }
    return map;
  }

  private array(at: number, size: number, depth: number): MaxmindValue[] {
    const array: MaxmindValue[] = [];
    this.end = at;
    for (let i = 0; i < size; ++i) array.push(this.value(this.end, depth + 1));
    return array;
  }

  private pointer(control: number, at: number): {target: number; end: number} {
    const size = (control >> 3) & 3;
    const high = size === 3 ? 0 : (control & 7) * 256 ** (size + 1);
    const target = this.section.start + high + this.whole(at, size + 1) + [0, 2048, 526336, 0][size]!;
    return {target, end: at + size + 1};
  }

  private real(at: number, size: number, expected: number): number {
    if (size !== expected) throw broken("a number is too short");
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset + at, size);
    return size === 8 ? view.getFloat64(0) : view.getFloat32(0);
  }

  private whole(at: number, size: number): number {
    let value = 0;
    for (let i = 0; i < size; ++i) value = value * 256 + this.byte(at + i);
    return value;
  }

  private byte(at: number): number {
    if (at < this.section.start || at >= this.section.end) throw broken("a value is cut short");
    return this.bytes[at]!;
  }
}

// Named as in the specification, but for utf8_string.
const types = {
  pointer: 1,
  text: 2,
  double: 3,
  bytes: 4,
  uint16: 5,
  uint32: 6,
  map: 7,
  int32: 8,
  uint64: 9,
  uint128: 10,
  array: 11,
  boolean: 14,
  float: 15
};

const decoder = new TextDecoder();

function broken(reason: string): InputError {
  return new InputError(`broken MaxMind database: ${reason}`);
}
