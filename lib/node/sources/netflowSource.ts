import {createSocket, type Socket} from "node:dgram";
import type {FlowRecord} from "../../formats/flowRecord.js";
import {netflow} from "../../formats/netflow/netflow.js";
import {NetflowDecoder} from "../../formats/netflow/netflowDecoder.js";
import {InputError} from "../../inputError.js";
import type {SourceState} from "../../live/liveState.js";
import {type Datagram, DatagramQueue} from "./datagramQueue.js";
import {kernelDrops} from "./kernelDrops.js";
import {type ListenAddress, parseListenAddress} from "./listenAddress.js";
import type {OpenSource, Source, SourceReceiver} from "./source.js";
import {SourceTotals} from "./sourceTotals.js";

/** How NetFlow is taken. */
export interface NetflowOptions {
  /** Milliseconds by which silences and further attempts are told; those of this process unless given. */
  readonly now?: () => number;
}

/**
 * A source of NetFlow v5, v9 and IPFIX: exporters send datagrams to this `host:port`, where it listens on no other
 * address. Throws a UsageError where that is no address; where it cannot be listened on, that is a fault of its state, and
 * tried again.
 *
 * What was exported while nobody listened is gone; the numbers in the datagrams tell how much. Templates are kept over restarts.
 */
export function netflowSource(name: string, {now = () => performance.now()}: NetflowOptions = {}): OpenSource {
  const address = parseListenAddress(name);
  return async (receiver, saved) => {
    const source = new NetflowSource(name, address, receiver, now, saved as SavedSource | undefined);
    await source.listen();
    return source;
  };
}

class NetflowSource implements Source {
  private readonly queue = new DatagramQueue();
  private readonly totals: SourceTotals;
  private readonly decoder: NetflowDecoder;
  private socket: Socket | undefined;
  private fault: string | null = null;
  private since: number | null = null;
  private refusal: string | null = null;
  private lastTried = 0;
  private lastLooked = 0;
  /** When the last datagram came, NaN once the receiver knows that it is quiet. */
  private lastCame = Number.NaN;
  private queueDropped = 0;
  private kernelDropped = 0;
  /** Addresses that flows have come from. */
  private readonly exporters: Set<string>;
  /** Who the receiver takes flows to be of, and who has sent the datagram that is read. */
  private begun: string | null = null;
  private sender = "";

  constructor(
    readonly name: string,
    private readonly address: ListenAddress,
    private readonly receiver: SourceReceiver,
    private readonly now: () => number,
    saved: SavedSource | undefined
  ) {
    this.totals = new SourceTotals(saved?.totals);
    this.exporters = new Set(saved?.exporters);
    this.decoder = new NetflowDecoder({
      request: () => {},
      flow: (record) => this.flow(record),
      packet: () => ++this.totals.records,
      reject: (_, reason) => this.totals.reject(reason),
      passOver: (what) => {
        ++this.totals.passedOver;
        this.totals.count(`datagrams of ${what} alone`);
      }
    });
    if (saved !== undefined) this.decoder.restore(saved.decoder);
  }

  async read(most: number): Promise<"more" | "idle"> {
    const now = this.now();
    if (this.socket === undefined) {
      if (now - this.lastTried >= retryMilliseconds) await this.listen();
    } else if (now - this.lastLooked >= lookMilliseconds) this.countKernelDrops(now);
    this.totals.dropped += this.queue.dropped - this.queueDropped;
    this.queueDropped = this.queue.dropped;
    let bytes = 0;
    while (bytes < most) {
      const datagram = this.queue.shift();
      if (datagram === undefined) break;
      bytes += datagram.bytes.length;
      this.take(datagram);
    }
    if (bytes > 0) this.lastCame = now;
    else if (now - this.lastCame >= quietMilliseconds) {
      this.lastCame = Number.NaN;
      this.receiver.quiet?.();
    }
    return this.queue.length > 0 ? "more" : "idle";
  }

  state(): SourceState {
    const {name, since, queue, decoder, totals, begun} = this;
    const fault = this.fault ?? this.refusal;
    const {exporters, counts} = decoder;
    const counted = totals.state();
    const kept = [
      {what: "exporters", count: exporters.count},
      {what: "templates", count: exporters.templateCount},
      {what: "sets that wait for their template", count: exporters.waitingCount},
      {what: "sets without a template", count: exporters.undecoded},
      {what: "templates forgotten", count: exporters.forgotten}
    ];
    const hasCome = counted.bytes > 0;
    return {
      ...counted,
      name,
      kind: "netflow",
      status: fault !== null ? "fault" : queue.length > 0 ? "catching up" : hasCome ? "following" : "waiting",
      fault,
      since,
      file: begun,
      format: hasCome ? netflow.name : null,
      files: this.exporters.size,
      behind: queue.bytes,
      more: [...counts.list(), ...kept.filter(({count}) => count > 0), ...counted.more]
    };
  }

  save(): unknown {
    const saved: SavedSource = {
      totals: this.totals.save(),
      decoder: this.decoder.save(),
      exporters: [...this.exporters]
    };
    return saved;
  }

  async close(): Promise<void> {
    this.closeSocket();
  }

  /** Begins to listen; settles when that has worked or is a fault. */
  async listen(): Promise<void> {
    this.lastTried = this.now();
    const {host, port, isIpv6} = this.address;
    const socket = createSocket({type: isIpv6 ? "udp6" : "udp4", ipv6Only: isIpv6});
    this.socket = socket;
    await new Promise<void>((resolve) => {
      socket.on("error", (error: NodeJS.ErrnoException) => {
        if (this.socket === socket) this.fail(error);
        resolve();
      });
      socket.on("message", (bytes, {address, port}) => this.queue.push({bytes, address, port}));
      socket.bind({address: host, port, exclusive: true}, resolve);
    });
    if (this.socket !== socket) return;
    this.fault = this.since = null;
    this.kernelDropped = 0;
    try {
      socket.setRecvBufferSize(receiveBuffer);
    } catch {
      // What the system allows has to do.
    }
  }

  private take({bytes, address, port}: Datagram): void {
    this.totals.bytes += bytes.length;
    this.sender = address;
    this.decoder.take(bytes, `${address} ${port}`);
  }

  private flow(record: FlowRecord): void {
    const file = this.fileOf(this.sender);
    if (file !== this.begun) this.begin(file);
    if (this.refusal === null) this.receiver.flow(record);
    else this.totals.count("flows that are not watched");
  }

  /** Who sends may be made up: beyond some, the name of the source stands for all further ones. */
  private fileOf(sender: string): string {
    if (this.exporters.has(sender)) return sender;
    if (this.exporters.size >= mostExporters) return this.name;
    this.exporters.add(sender);
    return sender;
  }

  private begin(file: string): void {
    this.begun = file;
    try {
      this.receiver.begin(file, netflow);
      if (this.refusal !== null) this.since = null;
      this.refusal = null;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      if (this.refusal === null) this.since = Date.now();
      this.refusal = error.message;
    }
  }

  private fail({code, message}: NodeJS.ErrnoException): void {
    this.closeSocket();
    this.since ??= Date.now();
    this.fault = `cannot listen: ${words[code ?? ""] ?? code ?? message}`;
  }

  private closeSocket(): void {
    const {socket} = this;
    this.socket = undefined;
    // Whatever it still has to say about its end is of no use.
    socket?.removeAllListeners().on("error", () => {});
    try {
      socket?.close();
    } catch {
      // It was not open.
    }
  }

  private countKernelDrops(now: number): void {
    this.lastLooked = now;
    const drops = kernelDrops(this.address);
    this.totals.dropped += Math.max(0, drops - this.kernelDropped);
    this.kernelDropped = drops;
  }
}

interface SavedSource {
  readonly totals: unknown;
  readonly decoder: unknown;
  readonly exporters: readonly string[];
}

const receiveBuffer = 2 ** 23;
const retryMilliseconds = 1000;
const lookMilliseconds = 1000;
const quietMilliseconds = 5000;
const mostExporters = 64;

const words: Readonly<Record<string, string | undefined>> = {
  EADDRINUSE: "the address is in use",
  EADDRNOTAVAIL: "no such address here",
  EACCES: "not permitted"
};
