/**
 * A source of uniform numbers in [0, 1), in steps of 2^−32: the same sequence for the same seed and stream on every
 * machine. Streams of one seed are independent, so that trees or rows can be made in any order.
 * Generator: sfc32 (Chris Doty-Humphrey, PractRand), its state filled by splitmix32.
 */
export function randomSource(seed: number, stream = 0): () => number {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`invalid seed: ${seed}`);
  const fill = splitmix32(
    (seed ^ Math.imul(Math.floor(seed / 2 ** 32), 0x85ebca6b) ^ Math.imul(stream, 0xc2b2ae35)) | 0
  );
  let a = fill();
  let b = fill();
  let c = fill() ^ stream;
  let d = 1;
  const next = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; ++i) next();
  return next;
}

function splitmix32(state: number): () => number {
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) | 0;
  };
}
