import {createSocket, type Socket as DatagramSocket} from "node:dgram";
import {lookup} from "node:dns/promises";
import {once} from "node:events";
import {connect, type Socket} from "node:net";
import {setTimeout} from "node:timers/promises";
import {UsageError} from "../../usageError.js";
import {DeliveryFault, type Output, type Told} from "./output.js";
import {syslogMessage} from "./syslogMessage.js";

/**
 * Sends alerts to a syslog server: by UDP, a datagram each (RFC 5426), which may be lost without anybody hearing of it; or by TCP,
 * each after its length (RFC 6587), where those that were on their way when the connection broke may be lost.
 */
export class Syslog implements Output {
  readonly kind = "syslog";
  readonly tells = "alerts";
  readonly identity: string;
  readonly name: string;
  private readonly sender: Sender;

  /** Throws a UsageError on what is no address such as `udp://127.0.0.1:514` or `tcp://logs.example.org:601`. */
  constructor(url: string) {
    const {protocol, host, port} = parseAddress(url);
    this.sender = protocol === "udp:" ? new DatagramSender(host, port) : new StreamSender(host, port);
    this.name = `${protocol}//${host.includes(":") ? `[${host}]` : host}:${port}`;
    this.identity = this.name;
  }

  async deliver([told]: readonly Told[], signal: AbortSignal): Promise<void> {
    try {
      await this.sender.send(syslogMessage(told!), AbortSignal.any([signal, AbortSignal.timeout(mostMilliseconds)]));
    } catch (error) {
      this.sender.close();
      const {code, name, message} = error as NodeJS.ErrnoException;
      const isLate = name === "AbortError" || name === "TimeoutError";
      throw new DeliveryFault(`cannot be reached (${isLate ? "no answer within 10 s" : (code ?? message)})`);
    }
  }

  async close(): Promise<void> {
    this.sender.close();
  }
}

interface Sender {
  send(message: Buffer, signal: AbortSignal): Promise<void>;
  close(): void;
}

const mostMilliseconds = 10_000;

function parseAddress(url: string): {protocol: string; host: string; port: number} {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const isPlain = parsed !== null && /^\/?$/.test(parsed.pathname) && parsed.search === "" && parsed.username === "";
  if (parsed === null || !isPlain || parsed.hostname === "" || !/^(udp|tcp):$/.test(parsed.protocol)) {
    throw new UsageError(`invalid syslog server (udp://HOST:PORT or tcp://HOST:PORT): ${url}`);
  }
  const port = parsed.port === "" ? (parsed.protocol === "udp:" ? 514 : 601) : Number(parsed.port);
  return {protocol: parsed.protocol, host: parsed.hostname.replace(/^\[(.*)\]$/, "$1"), port};
}

// Milliseconds in which a near host says that nobody listens.
const forRefusal = 10;

class DatagramSender implements Sender {
  private socket: DatagramSocket | null = null;
  private failure: Error | null = null;

  constructor(
    private readonly host: string,
    private readonly port: number
  ) {}

  async send(message: Buffer, signal: AbortSignal): Promise<void> {
    this.socket ??= await this.open(signal);
    const {socket} = this;
    await new Promise<void>((resolve, reject) => socket.send(message, (error) => (error ? reject(error) : resolve())));
    await setTimeout(forRefusal);
    if (this.failure !== null) throw this.failure;
  }

  close(): void {
    this.socket?.close();
    this.socket = null;
  }

  // Connected, so that the system tells of a port that nobody listens at.
  private async open(signal: AbortSignal): Promise<DatagramSocket> {
    const {address, family} = await lookup(this.host);
    const socket = createSocket(family === 6 ? "udp6" : "udp4");
    this.failure = null;
    socket.on("error", (error) => {
      this.failure = error;
    });
    try {
      socket.connect(this.port, address);
      await once(socket, "connect", {signal});
    } catch (error) {
      socket.close();
      throw error;
    }
    return socket;
  }
}

class StreamSender implements Sender {
  private socket: Socket | null = null;

  constructor(
    private readonly host: string,
    private readonly port: number
  ) {}

  async send(message: Buffer, signal: AbortSignal): Promise<void> {
    this.socket ??= await this.open(signal);
    const {socket} = this;
    const frame = Buffer.concat([Buffer.from(`${message.length} `), message]);
    await new Promise<void>((resolve, reject) => {
      const abort = () => reject(signal.reason);
      signal.addEventListener("abort", abort, {once: true});
      socket.write(frame, (error) => {
        signal.removeEventListener("abort", abort);
        if (error) reject(error);
        else resolve();
      });
    });
  }

  close(): void {
    this.socket?.destroy();
    this.socket = null;
  }

  private async open(signal: AbortSignal): Promise<Socket> {
    const socket = connect({host: this.host, port: this.port, keepAlive: true});
    try {
      await once(socket, "connect", {signal});
    } catch (error) {
      socket.destroy();
      throw error;
    }
    // Servers say nothing; what comes is thrown away. A connection that ends is opened anew with the next message.
    socket.resume();
    socket.on("error", () => {});
    socket.once("close", () => {
      if (this.socket === socket) this.socket = null;
    });
    return socket;
  }
}
