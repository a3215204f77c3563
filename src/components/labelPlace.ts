/** A rectangle on the screen: its left upper corner and its size. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line through points of the screen. */
export type Line = readonly {readonly x: number; readonly y: number}[];

/** The first of the boxes that no line passes through, or the one that the fewest pass through. */
export function freeBox<B extends Box>(boxes: readonly B[], lines: readonly Line[]): B | undefined {
  let best: B | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const box of boxes) {
    const crossings = lines.reduce((sum, line) => sum + (crosses(line, box) ? 1 : 0), 0);
    if (crossings >= fewest) continue;
    [best, fewest] = [box, crossings];
    if (crossings === 0) break;
  }
  return best;
}

function crosses(line: Line, box: Box): boolean {
  return line.some((b, i) => meets(line[Math.max(0, i - 1)]!, b, box));
}

/** Whether the part from a to b lies in the box anywhere: Liang and Barsky 1984. */
function meets(a: {x: number; y: number}, b: {x: number; y: number}, {x, y, width, height}: Box): boolean {
  let [from, to] = [0, 1];
  const clip = (step: number, room: number) => {
    if (step === 0) return room >= 0;
    if (step < 0) from = Math.max(from, room / step);
    else to = Math.min(to, room / step);
    return from <= to;
  };
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  return clip(-dx, a.x - x) && clip(dx, x + width - a.x) && clip(-dy, a.y - y) && clip(dy, y + height - a.y);
}
