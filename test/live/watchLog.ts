import {combined} from "../../lib/formats/accessLog.js";
import type {RecordReader} from "../../lib/formats/recordReader.js";
import type {AlertChanged} from "../../lib/live/alert.js";
import type {Train} from "../../lib/live/liveModel.js";
import {trainModel} from "../../lib/live/trainModel.js";
import {Watch, type WatchOptions} from "../../lib/live/watch.js";

/** Trains in this thread, a moment later. */
export const train: Train = async (request) => {
  await Promise.resolve();
  return trainModel(structuredClone(request));
};

/** A watch that is given the bytes of a combined log, and keeps its changes. */
export class WatchedLog {
  readonly changes: AlertChanged[] = [];
  readonly watch: Watch;
  private reader: RecordReader;

  /** After so many lines of the log, goes on from where another was saved. */
  constructor(
    options: WatchOptions,
    saved?: unknown,
    private readonly linesBefore = 0
  ) {
    this.watch = new Watch(options, train);
    if (saved !== undefined) this.watch.restore(saved);
    this.reader = this.begin("access.log");
  }

  /** Begins a file, and reads it from here on. */
  begin(file: string): RecordReader {
    this.watch.begin(file, combined);
    const ignore = () => {};
    this.reader = combined.open({
      request: (record) => {
        record.line += this.linesBefore;
        this.watch.request(record);
      },
      flow: ignore,
      packet: ignore,
      reject: ignore,
      passOver: ignore
    });
    return this.reader;
  }

  push(text: string): this {
    this.reader.push(new TextEncoder().encode(text));
    return this;
  }

  async flush(): Promise<this> {
    for (const change of await this.watch.flush()) this.changes.push(change);
    return this;
  }

  async end(): Promise<this> {
    this.reader.end();
    for (const change of await this.watch.end()) this.changes.push(change);
    return this;
  }
}
