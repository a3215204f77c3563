/** Where progress is shown: a terminal shows one line that is rewritten, anything else nothing. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Shows how far a pass over so many bytes has come, ten times a second at most. */
export class Progress {
  private verb = "";
  private bytes = 0;
  private total = 0;
  private rows = 0;
  private shown = 0;

  constructor(
    private readonly stream: ProgressStream,
    private readonly now: () => number = Date.now
  ) {}

  start(verb: string, totalBytes: number): void {
    Object.assign(this, {verb, total: totalBytes, bytes: 0, rows: 0, shown: this.now()});
  }

  addBytes(bytes: number): void {
    this.bytes += bytes;
  }

  addRows(rows: number): void {
    this.rows += rows;
    const now = this.now();
    if (!this.stream.isTTY || now - this.shown < 100) return;
    this.shown = now;
    const percent = this.total === 0 ? 100 : Math.min(100, Math.floor((this.bytes / this.total) * 100));
    this.stream.write(`\r\x1b[K${this.verb} ${percent} %, ${this.rows.toLocaleString("en")} rows`);
  }

  /** Clears the line. */
  end(): void {
    if (this.stream.isTTY) this.stream.write("\r\x1b[K");
  }
}
