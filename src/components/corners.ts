/** A point of a curve and its index in it. */
export interface CurvePoint {
  readonly i: number;
  readonly x: number;
  readonly y: number;
}

/**
 * The points of a curve that a drawing needs: its ends, and those at least `resolution` away from the one before. At most
 * a pixel is lost where the plot has no more pixels than 1 / resolution.
 */
export function corners(x: Float64Array, y: Float64Array, resolution = 1 / 700): CurvePoint[] {
  const points: CurvePoint[] = [];
  let last: CurvePoint | undefined;
  for (let i = 0; i < x.length; ++i) {
    const point = {i, x: x[i]!, y: y[i]!};
    const near =
      last !== undefined && Math.abs(point.x - last.x) < resolution && Math.abs(point.y - last.y) < resolution;
    if (near && i < x.length - 1) continue;
    points.push(point);
    last = point;
  }
  return points;
}
