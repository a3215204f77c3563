/**
 * Numbers from low, at least 0, to high that stand out along an axis of log₁₀(1 + x): 0 and powers of ten, of many every
 * second or third; where fewer than three lie within, also their double and fivefold, or else even steps.
 */
export function logTicks(low: number, high: number, most = 6): number[] {
  // Steps between doubles that are next to each other come out the same.
  return candidates(low, high, most).filter((x, i, all) => x < Infinity && (i === 0 || x > all[i - 1]!));
}

function candidates(low: number, high: number, most: number): number[] {
  const within = (numbers: readonly number[]) => numbers.filter((x) => x >= low && x <= high);
  const powers: number[] = [];
  for (let x = 1; x <= high && x < Infinity; x *= 10) powers.push(Number(x.toPrecision(1)));
  const coarse = within([0, ...powers]);
  if (coarse.length > most) {
    const step = Math.ceil((powers.length - 1) / (most - 2));
    return within([0, ...powers.filter((_, i) => i % step === 0)]);
  }
  if (coarse.length > 2) return coarse;
  const finer = within([0, ...powers.flatMap((x) => [x, 2 * x, 5 * x])]);
  return finer.length > 2 ? finer : evenSteps(low, high);
}

function evenSteps(low: number, high: number): number[] {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough)! * power;
  if (!(step > 0)) return [low];
  const first = Math.ceil(low / step);
  const count = Math.min(12, Math.floor(high / step) - first + 1);
  return Array.from({length: count}, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
