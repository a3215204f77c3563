import type {Format} from "../../formats/format.js";
import type {RecordReader, RecordReceiver} from "../../formats/recordReader.js";

/** Tells the time of each line before it is handed on, by reading it with a reader of its own. */
export class TimeAhead {
  private readonly reader: RecordReader;
  private time = Number.NaN;

  constructor(format: Format, headers: readonly string[]) {
    const record = ({time}: {time: number}) => {
      this.time = time;
    };
    const ignore = () => {};
    const receiver: RecordReceiver = {request: record, flow: record, packet: ignore, reject: ignore, passOver: ignore};
    this.reader = format.open(receiver);
    for (const line of headers) this.reader.push(Buffer.from(line, "latin1"));
  }

  /** The time of a line, given with its end; NaN where it has none. */
  of(line: Uint8Array): number {
    this.time = Number.NaN;
    this.reader.push(line);
    return this.time;
  }
}
