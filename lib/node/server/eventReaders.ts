import type {OutgoingHttpHeaders, ServerResponse} from "node:http";
import type {FastifyReply} from "fastify";
import type {AlertEvent} from "../../live/alert.js";
import type {LiveFeed} from "./liveFeed.js";
import {RecentFrames} from "./recentFrames.js";
import type {ServerLimits} from "./serverLimits.js";

/**
 * Tells everybody who reads the stream of events, each at its own speed: a reader asks for the next event only when it has
 * taken the last, so that what waits for it is a frame and what the system buffers, however slow it is or however much
 * happens at once. What has happened meanwhile comes from memory as long as it is recent, then from the log. Who takes nothing
 * for long is dropped, and can go on from the last sequence it was told.
 */
export class EventReaders {
  /** So far: alerts told, readers taken up, those dropped as they took nothing, and those that found no room. */
  sent = 0;
  accepted = 0;
  dropped = 0;
  refused = 0;
  private readonly readers = new Set<Reader>();
  private readonly recent = new RecentFrames();
  private readonly unsubscribe: () => void;
  private newest: number;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly feed: LiveFeed,
    private readonly limits: Pick<ServerLimits, "readers" | "stall">
  ) {
    this.newest = feed.events.last;
    this.unsubscribe = feed.events.subscribe((event) => this.tell(event));
  }

  /** How many read. */
  get count(): number {
    return this.readers.size;
  }

  /** Whether there is no room for another; counts it as refused then. */
  isFull(): boolean {
    const isFull = this.readers.size >= this.limits.readers;
    if (isFull) ++this.refused;
    return isFull;
  }

  /** Takes up a reader that knows all events until a sequence, null where it wants those from now on. */
  add(reply: FastifyReply, after: number | null): void {
    const state = this.state();
    const response = reply.headers({"content-type": "text/event-stream", "x-accel-buffering": "no"}).hijack().raw;
    // Who has left already leaves no second time.
    if (response.destroyed) return;
    response.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders);
    const reader: Reader = {response, position: after ?? this.last, page: [], isReading: false, stalled: 0};
    this.readers.add(reader);
    ++this.accepted;
    response.on("drain", () => {
      reader.stalled = 0;
      this.advance(reader);
    });
    response.on("close", () => this.remove(reader));
    response.on("error", () => this.remove(reader));
    response.write(`retry: 2000\n${after === null ? `id: ${reader.position}\n` : ""}\n${state}`);
    this.advance(reader);
    this.timer ??= setInterval(() => this.tick(), 1000).unref();
  }

  /** Ends all streams. */
  close(): void {
    this.unsubscribe();
    for (const reader of this.readers) {
      reader.response.end();
      this.remove(reader);
    }
  }

  private get last(): number {
    return Math.max(this.newest, this.feed.events.last);
  }

  private state(): string {
    return `event: state\ndata: ${JSON.stringify(this.feed.state())}\n\n`;
  }

  private tell(event: AlertEvent): void {
    this.newest = event.sequence;
    if (this.readers.size > 0) this.recent.add(event.sequence, alertFrame(event));
    else this.recent.clear();
    for (const reader of this.readers) this.advance(reader);
  }

  /** Tells the state, which nobody needs who has not yet taken an older one, and drops who takes nothing. */
  private tick(): void {
    const state = Buffer.from(this.state());
    for (const reader of this.readers) {
      if (!reader.response.writableNeedDrain) {
        reader.response.write(state);
        // Events that could not be read from the log before.
        this.advance(reader);
      } else if (++reader.stalled >= this.limits.stall) {
        ++this.dropped;
        this.remove(reader);
        reader.response.destroy();
      }
    }
  }

  private remove(reader: Reader): void {
    this.readers.delete(reader);
    if (this.readers.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Tells a reader what it does not know as far as it takes it. */
  private advance(reader: Reader): void {
    while (!reader.isReading && this.readers.has(reader) && !reader.response.writableNeedDrain) {
      if (reader.position === this.last) return;
      const {first} = this.feed.events;
      // A sequence that is not reached yet is of a log that is gone.
      if (reader.position > this.last) this.skip(reader, this.last);
      else if (reader.position + 1 < first) this.skip(reader, first - 1);
      else {
        const frame = this.recent.get(reader.position + 1) ?? takeFrame(reader);
        if (frame === undefined) return void this.read(reader);
        ++reader.position;
        ++this.sent;
        reader.response.write(frame);
      }
    }
  }

  /** Says that the events between are not there, and goes on behind them. */
  private skip(reader: Reader, position: number): void {
    const gap = {after: reader.position, first: this.feed.events.first, last: this.last};
    reader.position = position;
    reader.response.write(`id: ${position}\nevent: gap\ndata: ${JSON.stringify(gap)}\n\n`);
  }

  /** Reads the next events for a reader from the log; what fails or is not there yet is read at the next tick. */
  private async read(reader: Reader): Promise<void> {
    reader.isReading = true;
    const page = await this.feed.events.after(reader.position, pageLength).catch(() => []);
    reader.isReading = false;
    reader.page = page;
    const [event] = page;
    if (!event) return;
    if (event.sequence > reader.position + 1) this.skip(reader, event.sequence - 1);
    this.advance(reader);
  }
}

interface Reader {
  readonly response: ServerResponse;
  /** The sequence of the last event that it was told. */
  position: number;
  /** Events from the log that come next. */
  page: AlertEvent[];
  isReading: boolean;
  /** Seconds since it took something, where something waits. */
  stalled: number;
}

const pageLength = 32;

function takeFrame(reader: Reader): Buffer | undefined {
  while (reader.page.length > 0) {
    const event = reader.page.shift()!;
    if (event.sequence === reader.position + 1) return alertFrame(event);
  }
}

function alertFrame(event: AlertEvent): Buffer {
  return Buffer.from(`id: ${event.sequence}\nevent: alert\ndata: ${JSON.stringify(event)}\n\n`);
}
