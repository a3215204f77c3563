import {once} from "node:events";
import {createServer, type IncomingMessage, type Server, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {onTestFinished} from "vitest";

/** What was posted. */
export interface Post {
  readonly id: string;
  readonly body: string;
  /** What was answered; null where nothing was. */
  readonly status: number | null;
}

/** A receiver of webhooks, which answers as it is told, or not at all. */
export class Receiver {
  readonly posts: Post[] = [];
  /** The status of answers; null for none. */
  answers: number | null = 204;
  private server: Server | null = null;
  private port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}/alerts`;
  }

  /** Listens where it did before. */
  async listen(): Promise<this> {
    this.server = createServer((request, response) => void this.take(request, response));
    this.server.listen(this.port, "127.0.0.1");
    await once(this.server, "listening");
    this.port = (this.server.address() as AddressInfo).port;
    onTestFinished(() => this.close());
    return this;
  }

  /** As if its machine were gone. */
  async close(): Promise<void> {
    const {server} = this;
    this.server = null;
    if (server === null) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  /** Those that were taken, each as often as it was. */
  get taken(): readonly Post[] {
    return this.posts.filter(({status}) => status !== null && status < 300);
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray()).toString();
    const status = this.answers;
    this.posts.push({id: String(request.headers["webhook-id"]), body, status});
    if (status !== null) response.writeHead(status).end();
  }
}
