/** Finds any of some texts in one pass, a step a byte; upper and lower case are the same. */
export interface PatternTable {
  /** The class of each byte. */
  readonly classOf: Uint8Array;
  /** The next state after `state` and a byte of class c stands at `state * 64 + c`; 0 is the first state. */
  readonly next: Uint16Array;
  /** The state in which one of the texts has been found; it is never left. */
  readonly found: number;
}

/**
 * The table of the given texts, in ASCII and with up to 63 distinct characters: Aho and Corasick’s automaton (Efficient
 * string matching, 1975) with its failures followed beforehand.
 */
export function patternTable(patterns: readonly string[]): PatternTable {
  const classOf = classes(patterns);
  const goto: Map<number, number>[] = [new Map()];
  const isEnd = [false];
  for (const pattern of patterns) {
    let state = 0;
    for (const c of classesOf(pattern, classOf)) {
      let to = goto[state]!.get(c);
      if (to === undefined) {
        to = goto.push(new Map()) - 1;
        isEnd.push(false);
        goto[state]!.set(c, to);
      }
      state = to;
    }
    isEnd[state] = true;
  }
  const found = goto.length;
  const next = new Uint16Array((found + 1) * 64);
  next.fill(found, found * 64);
  const failure = new Uint16Array(found);
  // States in the order of their depth: the failure of each has its row already.
  const states = [0];
  for (const state of states) {
    const isFound = isEnd[state]! || next[failure[state]! * 64] === found;
    for (let c = 0; c < 64; ++c) {
      const to = goto[state]!.get(c);
      const fallback = state === 0 ? 0 : next[failure[state]! * 64 + c]!;
      next[state * 64 + c] = isFound ? found : (to ?? fallback);
      if (to === undefined) continue;
      failure[to] = fallback;
      states.push(to);
    }
  }
  return {classOf, next: withoutDelay(next, found), found};
}

// A state whose row leads to `found` whatever comes has found a text already.
function withoutDelay(next: Uint16Array, found: number): Uint16Array {
  return next.map((state) => (next[state * 64] === found ? found : state));
}

function classes(patterns: readonly string[]): Uint8Array {
  const classOf = new Uint8Array(256);
  for (const character of new Set(patterns.join("").toLowerCase())) {
    const c = classOf.reduce((most, other) => Math.max(most, other), 0) + 1;
    if (c > 63 || character > "\x7f") throw new RangeError(`invalid character of a pattern: ${character}`);
    classOf[character.charCodeAt(0)] = c;
    classOf[character.toUpperCase().charCodeAt(0)] = c;
  }
  return classOf;
}

function classesOf(pattern: string, classOf: Uint8Array): number[] {
  return Array.from(pattern.toLowerCase(), (character) => classOf[character.charCodeAt(0)]!);
}
