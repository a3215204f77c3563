// AssemblyScript: compiled by `npm run kernel` into module.ts. Addresses are bytes in this module’s memory; all
// blocks hold their rows column by column.

/**
 * Ranks the values of one column against its sorted thresholds: how many of them lie below, less 32768 so that signed
 * 16-bit numbers hold it. Eight searches run side by side, as each step of one waits for memory.
 */
export function rank(values: usize, rows: i32, thresholds: usize, count: i32, ranks: usize): void {
  for (let i = 0; i < rows; i += 8) {
    const at = values + (<usize>i << 3);
    const x0 = load<f64>(at);
    const x1 = load<f64>(at, 8);
    const x2 = load<f64>(at, 16);
    const x3 = load<f64>(at, 24);
    const x4 = load<f64>(at, 32);
    const x5 = load<f64>(at, 40);
    const x6 = load<f64>(at, 48);
    const x7 = load<f64>(at, 56);
    let p0 = thresholds;
    let p1 = thresholds;
    let p2 = thresholds;
    let p3 = thresholds;
    let p4 = thresholds;
    let p5 = thresholds;
    let p6 = thresholds;
    let p7 = thresholds;
    let length = <usize>count;
    while (length > 1) {
      const half = length >> 1;
      const bytes = half << 3;
      p0 = search(p0, x0, bytes);
      p1 = search(p1, x1, bytes);
      p2 = search(p2, x2, bytes);
      p3 = search(p3, x3, bytes);
      p4 = search(p4, x4, bytes);
      p5 = search(p5, x5, bytes);
      p6 = search(p6, x6, bytes);
      p7 = search(p7, x7, bytes);
      length -= half;
    }
    const to = ranks + (<usize>i << 1);
    store<i16>(to, found(p0, x0, thresholds));
    store<i16>(to, found(p1, x1, thresholds), 2);
    store<i16>(to, found(p2, x2, thresholds), 4);
    store<i16>(to, found(p3, x3, thresholds), 6);
    store<i16>(to, found(p4, x4, thresholds), 8);
    store<i16>(to, found(p5, x5, thresholds), 10);
    store<i16>(to, found(p6, x6, thresholds), 12);
    store<i16>(to, found(p7, x7, thresholds), 14);
  }
}

@inline
function search(p: usize, x: f64, bytes: usize): usize {
  return p + (bytes & (0 - usize(load<f64>(p + bytes - 8) < x)));
}

@inline
function found(p: usize, x: f64, thresholds: usize): i16 {
  return <i16>((<i32>(p - thresholds) >> 3) + i32(load<f64>(p) < x) - 32768);
}

/**
 * Adds to the sums of ranked rows what one tree of splits along an axis says of them. The first four levels are a full
 * tree of 15 splits, `top`: u16 offset of the column, i16 rank of the threshold; eight rows are compared at once. They end
 * at one of the first 16 nodes, of 8 bytes: u16 offset, i16 rank, u32 address of the left child, which the right one
 * follows. A leaf is its own child, so that every row takes the same number of steps, at least as many as are left below.
 */
export function addAxisTree(
  ranks: usize,
  rows: i32,
  top: usize,
  nodes: usize,
  steps: i32,
  values: usize,
  sums: usize
): void {
  for (let i = 0; i < rows; i += 8) {
    const row = ranks + (<usize>i << 1);
    const b0 = above(row, top, 0);
    const m1 = above(row, top, 1);
    const m2 = above(row, top, 2);
    const b1 = v128.bitselect(m2, m1, b0);
    const low2 = v128.bitselect(above(row, top, 4), above(row, top, 3), b1);
    const high2 = v128.bitselect(above(row, top, 6), above(row, top, 5), b1);
    const b2 = v128.bitselect(high2, low2, b0);
    const q0 = v128.bitselect(above(row, top, 8), above(row, top, 7), b2);
    const q1 = v128.bitselect(above(row, top, 10), above(row, top, 9), b2);
    const q2 = v128.bitselect(above(row, top, 12), above(row, top, 11), b2);
    const q3 = v128.bitselect(above(row, top, 14), above(row, top, 13), b2);
    const b3 = v128.bitselect(v128.bitselect(q3, q2, b1), v128.bitselect(q1, q0, b1), b0);
    const place = v128.or(
      v128.or(v128.and(b0, i16x8.splat(64)), v128.and(b1, i16x8.splat(32))),
      v128.or(v128.and(b2, i16x8.splat(16)), v128.and(b3, i16x8.splat(8)))
    );
    let n0 = nodes + i16x8.extract_lane_u(place, 0);
    let n1 = nodes + i16x8.extract_lane_u(place, 1);
    let n2 = nodes + i16x8.extract_lane_u(place, 2);
    let n3 = nodes + i16x8.extract_lane_u(place, 3);
    let n4 = nodes + i16x8.extract_lane_u(place, 4);
    let n5 = nodes + i16x8.extract_lane_u(place, 5);
    let n6 = nodes + i16x8.extract_lane_u(place, 6);
    let n7 = nodes + i16x8.extract_lane_u(place, 7);
    // Most rows arrive long before the deepest leaf of a tree without a depth limit.
    for (let left = steps; left > 0; left -= 6) {
      for (let step = min(left, 6); step > 0; --step) {
        n0 = axisStep(n0, row, 0);
        n1 = axisStep(n1, row, 2);
        n2 = axisStep(n2, row, 4);
        n3 = axisStep(n3, row, 6);
        n4 = axisStep(n4, row, 8);
        n5 = axisStep(n5, row, 10);
        n6 = axisStep(n6, row, 12);
        n7 = axisStep(n7, row, 14);
      }
      if (left > 6 && !(toGo(n0) | toGo(n1) | toGo(n2) | toGo(n3) | toGo(n4) | toGo(n5) | toGo(n6) | toGo(n7))) break;
    }
    const to = sums + (<usize>i << 3);
    const valueOf = values - nodes;
    store<f64>(to, load<f64>(to) + load<f64>(valueOf + n0));
    store<f64>(to, load<f64>(to, 8) + load<f64>(valueOf + n1), 8);
    store<f64>(to, load<f64>(to, 16) + load<f64>(valueOf + n2), 16);
    store<f64>(to, load<f64>(to, 24) + load<f64>(valueOf + n3), 24);
    store<f64>(to, load<f64>(to, 32) + load<f64>(valueOf + n4), 32);
    store<f64>(to, load<f64>(to, 40) + load<f64>(valueOf + n5), 40);
    store<f64>(to, load<f64>(to, 48) + load<f64>(valueOf + n6), 48);
    store<f64>(to, load<f64>(to, 56) + load<f64>(valueOf + n7), 56);
  }
}

@inline
function above(row: usize, top: usize, split: usize): v128 {
  return i16x8.gt_s(v128.load(row + load<u16>(top + (split << 2))), v128.load16_splat(top + (split << 2) + 2));
}

@inline
function axisStep(node: usize, row: usize, lane: usize): usize {
  const v = load<u64>(node);
  const x = <i32>load<i16>(row + (<usize>v & 0xffff) + lane);
  const t = <i32>v >> 16;
  return <usize>(v >> 32) + ((<usize>(t - x) >>> 28) & 8);
}

// 0 in a leaf, its own child.
@inline
function toGo(node: usize): usize {
  return node ^ <usize>load<u32>(node, 4);
}

/**
 * Adds to the sums of a block of rows what one tree of slanted splits says of them. A node holds: f64 threshold, f64
 * reach, u32 address of the left child, which the right one follows, u32 address of a leaf’s value; then for each of
 * `dims` features f64 weight, and for each u32 offset of its column; `stride` bytes in all. A leaf is its own child below
 * a threshold of infinity, so that rows may walk on until the slowest of four has arrived. Each split whose reach a row
 * exceeds takes 1 from its value.
 */
export function addSlantedTree(
  block: usize,
  rows: i32,
  root: usize,
  dims: i32,
  stride: usize,
  penalizes: bool,
  sums: usize
): void {
  for (let i = 0; i < rows; i += 4) {
    const row = block + (<usize>i << 3);
    let n0 = root;
    let n1 = root;
    let n2 = root;
    let n3 = root;
    let p0 = 0;
    let p1 = 0;
    let p2 = 0;
    let p3 = 0;
    let moves = true;
    while (moves) {
      const d0 = distance(n0, row, dims);
      const d1 = distance(n1, row + 8, dims);
      const d2 = distance(n2, row + 16, dims);
      const d3 = distance(n3, row + 24, dims);
      if (penalizes) {
        p0 += i32(Math.abs(d0) > load<f64>(n0, 8));
        p1 += i32(Math.abs(d1) > load<f64>(n1, 8));
        p2 += i32(Math.abs(d2) > load<f64>(n2, 8));
        p3 += i32(Math.abs(d3) > load<f64>(n3, 8));
      }
      const c0 = slantedStep(n0, d0, stride);
      const c1 = slantedStep(n1, d1, stride);
      const c2 = slantedStep(n2, d2, stride);
      const c3 = slantedStep(n3, d3, stride);
      moves = ((n0 ^ c0) | (n1 ^ c1) | (n2 ^ c2) | (n3 ^ c3)) != 0;
      n0 = c0;
      n1 = c1;
      n2 = c2;
      n3 = c3;
    }
    const to = sums + (<usize>i << 3);
    store<f64>(to, load<f64>(to) + (valueOf(n0) - f64(p0)));
    store<f64>(to, load<f64>(to, 8) + (valueOf(n1) - f64(p1)), 8);
    store<f64>(to, load<f64>(to, 16) + (valueOf(n2) - f64(p2)), 16);
    store<f64>(to, load<f64>(to, 24) + (valueOf(n3) - f64(p3)), 24);
  }
}

@inline
function distance(node: usize, row: usize, dims: i32): f64 {
  if (dims == 2) {
    const sum =
      load<f64>(node, 24) * load<f64>(row + load<u32>(node, 40)) +
      load<f64>(node, 32) * load<f64>(row + load<u32>(node, 44));
    return sum - load<f64>(node);
  }
  const columns = node + 24 + (<usize>dims << 3);
  let sum = load<f64>(node, 24) * load<f64>(row + load<u32>(columns));
  for (let d: usize = 1; d < <usize>dims; ++d) {
    sum += load<f64>(node + (d << 3), 24) * load<f64>(row + load<u32>(columns + (d << 2)));
  }
  return sum - load<f64>(node);
}

@inline
function slantedStep(node: usize, distance: f64, stride: usize): usize {
  return <usize>load<u32>(node, 16) + (stride & (0 - usize(!(distance <= 0))));
}

@inline
function valueOf(leaf: usize): f64 {
  return load<f64>(load<u32>(leaf, 20));
}
