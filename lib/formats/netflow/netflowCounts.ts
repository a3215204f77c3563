/** What a decoder counts beyond what it hands to its receiver. */
export class NetflowCounts {
  /** Flows handed over. */
  flows = 0;
  /** What the sequence numbers say was lost on the way: flows of v5, messages of v9, records of IPFIX. */
  lostFlows = 0;
  lostMessages = 0;
  lostRecords = 0;
  /** Templates that came with another meaning than before. */
  changedTemplates = 0;
  /** Flows whose time is that of their export, since they state none that can be. */
  timedByExport = 0;
  /** Flows of exporters that count one in so many packets, by that number; 0 for further numbers. */
  readonly sampled = new Map<number, number>();
  /** Records that are no flows, by what they are. */
  readonly passedOver = new Map<string, number>();

  countSampled(oneIn: number): void {
    const {sampled} = this;
    const key = sampled.has(oneIn) || sampled.size < mostSamplings ? oneIn : 0;
    sampled.set(key, (sampled.get(key) ?? 0) + 1);
  }

  passOver(what: string): void {
    this.passedOver.set(what, (this.passedOver.get(what) ?? 0) + 1);
  }

  /** Those that are not 0, by names for people. */
  list(): {readonly what: string; readonly count: number}[] {
    const named: [string, number][] = [
      ["flows", this.flows],
      ["flows lost on the way", this.lostFlows],
      ["messages lost on the way", this.lostMessages],
      ["records lost on the way", this.lostRecords],
      ["templates changed", this.changedTemplates],
      ["flows timed by their export", this.timedByExport],
      ...this.passedOver,
      ...Array.from(this.sampled, ([oneIn, count]): [string, number] => [samplingName(oneIn), count])
    ];
    return named.filter(([, count]) => count > 0).map(([what, count]) => ({what, count}));
  }

  save(): unknown {
    return {...this, sampled: [...this.sampled], passedOver: [...this.passedOver]};
  }

  restore(saved: unknown): void {
    const {sampled, passedOver, ...numbers} = saved as SavedCounts;
    Object.assign(this, numbers);
    for (const [oneIn, count] of sampled) this.sampled.set(oneIn, count);
    for (const [what, count] of passedOver) this.passedOver.set(what, count);
  }
}

interface SavedCounts {
  readonly sampled: readonly [number, number][];
  readonly passedOver: readonly [string, number][];
}

function samplingName(oneIn: number): string {
  return `flows sampled ${oneIn === 0 ? "otherwise" : `1 in ${oneIn}`}`;
}

const mostSamplings = 16;
