/** The newest events as they are sent, for readers that are a little behind: at most 1,024 and 4 MB, without gaps. */
export class RecentFrames {
  private readonly frames = new Map<number, Buffer>();
  private bytes = 0;

  /** The frame of a sequence, if it is kept. */
  get(sequence: number): Buffer | undefined {
    return this.frames.get(sequence);
  }

  add(sequence: number, frame: Buffer): void {
    this.frames.set(sequence, frame);
    this.bytes += frame.length;
    for (const [oldest, {length}] of this.frames) {
      if (this.frames.size <= 1024 && this.bytes <= 4 << 20) return;
      this.frames.delete(oldest);
      this.bytes -= length;
    }
  }

  clear(): void {
    this.frames.clear();
    this.bytes = 0;
  }
}
