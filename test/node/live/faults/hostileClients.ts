import {connect, type Socket} from "node:net";
import {onTestFinished} from "vitest";

/** Clients of a server that do what none should, from another address of this machine where it has one. */
export class HostileClients {
  private readonly sockets = new Set<Socket>();
  private readonly slow: Socket[] = [];
  private readonly large: Socket[] = [];

  constructor(
    private readonly port: number,
    private readonly random: () => number
  ) {
    onTestFinished(() => this.close());
    // Connections that say nothing, and headers that never end.
    for (let i = 0; i < 100; ++i) this.open("");
    for (let i = 0; i < 100; ++i) this.slow.push(this.open(`GET /api/state HTTP/1.1\r\n${host}X: `));
    // Readers that read nothing, of events and of many answers.
    for (let i = 0; i < 100; ++i) this.open(`GET /api/events?after=0 HTTP/1.1\r\n${host}\r\n`).pause();
    for (const path of ["/api/alerts?after=0&limit=500", "/api/state", "/metrics", "/api/openapi.json"]) {
      for (let i = 0; i < 10; ++i) this.open(`GET ${path} HTTP/1.1\r\n${host}\r\n`.repeat(2000)).pause();
    }
    // Bodies that never end.
    for (let i = 0; i < 10; ++i) this.large.push(this.open(`${post}Transfer-Encoding: chunked\r\n\r\n`));
    for (let i = 0; i < 10; ++i) this.large.push(this.open(`${post}Content-Length: 9999999999\r\n\r\n`));
  }

  /** Does some more. */
  goOn(): void {
    for (const socket of this.slow) write(socket, "a");
    const piece = `10000\r\n${" ".repeat(2 ** 16)}\r\n`;
    for (const socket of this.large) {
      for (let i = 0; i < 50 && write(socket, piece); ++i);
    }
    for (let i = 0; i < 5; ++i) {
      this.open(Buffer.from(Array.from({length: 500}, () => Math.floor(256 * this.random()))));
      this.open(`${post}Content-Length: 1000000\r\n\r\n${'{"rows":['.repeat(1e5)}${" ".repeat(1e5)}`);
      const row = Array.from({length: 5000}, (_, i) => `"__proto__${i}":1e999`).join();
      const body = `{"rows":[{${row}}],"__proto__":{"a":1}}`;
      this.open(`${post}Content-Length: ${body.length}\r\n\r\n${body}`);
      for (const query of ["limit=1e9", "after=-1", "before=NaN", `after=${"9".repeat(400)}`, "limit=1&limit=2"]) {
        this.open(`GET /api/alerts?${query} HTTP/1.1\r\n${host}\r\n`);
      }
    }
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private open(bytes: string | Buffer): Socket {
    const socket = connect({port: this.port, host: "127.0.0.1", localAddress});
    this.sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => this.sockets.delete(socket));
    socket.resume();
    socket.write(bytes);
    return socket;
  }
}

const localAddress = process.platform === "linux" ? "127.0.0.2" : undefined;
const host = "Host: localhost\r\n";
const post = `POST /api/score HTTP/1.1\r\n${host}Content-Type: application/json\r\n`;

// False where no more should be written now.
function write(socket: Socket, text: string): boolean {
  return socket.writable && socket.write(text);
}
