/** What a server bears. */
export interface ServerLimits {
  /** Requests of one address a second: to the API, and to the site. */
  readonly requests: number;
  readonly files: number;
  /** Bytes of a body, and rows to score in it. */
  readonly body: number;
  readonly rows: number;
  /** Connections at once, and how many of them may read events. */
  readonly connections: number;
  readonly readers: number;
  /** Seconds that a reader of events may take nothing before it is dropped. */
  readonly stall: number;
  /** Milliseconds that headers may take to come. */
  readonly headers: number;
  /** Seconds that a fault may go on before `/healthz` tells it. */
  readonly fault: number;
}

export const serverLimits: ServerLimits = {
  requests: 100,
  files: 1000,
  body: 1 << 20,
  rows: 10_000,
  connections: 1024,
  readers: 256,
  stall: 30,
  headers: 10_000,
  fault: 60
};
