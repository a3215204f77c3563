/** A point of a curve and its index in it. */
export interface CurvePoint {
  readonly i: number;
  readonly x: number;
  readonly y: number;
}

/**
 * The points of a curve that a drawing needs, where they stand along axes of length one: the curve’s ends, and those at
 * least `resolution` away from the one before. At most a pixel is lost where the plot has no more pixels than
 * 1 / resolution. Points without a place, NaN, are left out.
 */
export function corners(
  x: Float64Array,
  y: Float64Array,
  {
    placeX = itself,
    placeY = itself,
    resolution = 1 / 700
  }: {placeX?: (x: number) => number; placeY?: (y: number) => number; resolution?: number} = {}
): CurvePoint[] {
  const points: CurvePoint[] = [];
  let lastX = Number.NaN;
  let lastY = Number.NaN;
  for (let i = 0; i < x.length; ++i) {
    const px = placeX(x[i]!);
    const py = placeY(y[i]!);
    const near = Math.abs(px - lastX) < resolution && Math.abs(py - lastY) < resolution;
    if ((near && i < x.length - 1) || Number.isNaN(px) || Number.isNaN(py)) continue;
    points.push({i, x: px, y: py});
    lastX = px;
    lastY = py;
  }
  return points;
}

function itself(x: number): number {
  return x;
}
