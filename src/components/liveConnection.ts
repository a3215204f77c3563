import type {AlertEvent} from "../lib/live/alert.js";
import type {LiveState} from "../lib/live/liveState.js";
import type {LiveListener} from "./liveFeed.js";

/** What a connection needs of the browser. */
export interface ConnectionOptions {
  /** The address of the site, which the API stands under; by default that of the page. */
  base?: string | URL;
  fetch?: typeof fetch;
  EventSource?: new (url: string | URL) => EventStream;
  /** How long to wait before a failed attempt is followed by the next, in milliseconds, by how many failed before. */
  wait?: (failures: number) => number;
  /** How long the server may say nothing before the connection counts as lost, in milliseconds. */
  patience?: number;
}

/** What of an EventSource is used. */
export interface EventStream {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: Event) => void): void;
  close(): void;
}

/**
 * Tells the listener what a server watches: how it stands and its newest alerts, then every change. Connects again by itself
 * where it left off, so that nothing is missed; where the server no longer has what was missed, all is told anew. Settles
 * with false, and tells nothing, if there is no such server, as where the site is only files; otherwise with true as soon
 * as it is clear that there is one. It goes on until the signal ends it.
 */
export async function connectLive(
  listener: LiveListener,
  signal: AbortSignal,
  {
    base = document.baseURI,
    fetch: ask = fetch,
    EventSource: Events = EventSource,
    wait = (failures) => Math.min(15_000, 500 * 2 ** failures),
    patience = 20_000
  }: ConnectionOptions = {}
): Promise<boolean> {
  const get = async (path: string): Promise<unknown> => {
    const response = await ask(new URL(path, base), {signal, cache: "no-store", headers: {accept: "application/json"}});
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(refusal(response.status));
    return response.json().catch((error) => {
      if (error instanceof SyntaxError) return null;
      throw error;
    });
  };
  const load = async (): Promise<number | null> => {
    const state = await get("api/state");
    if (!isLiveState(state)) return null;
    const page = await get(`api/alerts?limit=${mostChanges}`);
    if (page === null) throw new Error("the server tells no alerts");
    listener.reset();
    listener.state(state);
    const {events, last} = page as AlertPage;
    listener.events(events);
    return last;
  };
  let failures = 0;
  const lost = (error: unknown) => {
    if (signal.aborted) return;
    const reason = error instanceof TypeError ? "no answer from the server" : (error as Error).message;
    if (failures++ === 0) listener.connection({status: "lost", reason, since: Date.now()});
  };

  listener.connection({status: "connecting", reason: null, since: Date.now()});
  return new Promise((resolve) => {
    void goOn();
    async function goOn(): Promise<void> {
      let last: number | null = null;
      while (!signal.aborted) {
        try {
          last ??= await load();
          if (last === null) {
            if (failures > 0) throw new Error("the server watches nothing");
            return resolve(false);
          }
          resolve(true);
          last = await listen(last);
        } catch (error) {
          lost(error);
        }
        await delay(wait(failures), signal);
      }
    }
  });

  /** Settles when the connection has ended: with the last sequence that came, or with null where events are missing. */
  function listen(after: number): Promise<number | null> {
    let last = after;
    const source = new Events(new URL(`api/events?after=${after}`, base));
    return new Promise((resolve) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const end = (where: number | null) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", stop);
        source.close();
        resolve(where);
      };
      const stop = () => end(last);
      const heard = () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          lost(new Error("the server has gone silent"));
          end(last);
        }, patience);
      };
      signal.addEventListener("abort", stop);
      source.addEventListener("open", () => {
        failures = 0;
        heard();
        listener.connection({status: "connected", reason: null, since: Date.now()});
      });
      source.addEventListener("error", () => {
        lost(new Error("the connection is lost"));
        // Otherwise the browser tries again by itself.
        if (source.readyState === closed) end(last);
      });
      source.addEventListener("state", (event) => {
        heard();
        listener.state(JSON.parse((event as MessageEvent<string>).data));
      });
      source.addEventListener("alert", (event) => {
        heard();
        const change = JSON.parse((event as MessageEvent<string>).data) as AlertEvent;
        last = Math.max(last, change.sequence);
        listener.events([change]);
      });
      source.addEventListener("gap", () => end(null));
      heard();
    });
  }
}

// Changes: an alert may have several.
const mostChanges = 300;
const closed = 2;

interface AlertPage {
  readonly events: readonly AlertEvent[];
  readonly last: number;
}

function refusal(status: number): string {
  switch (status) {
    case 401:
      return "the server asks for its token";
    case 403:
      return "the server refuses this address or site";
    case 429:
      return "the server has too much to do";
    default:
      return `the server answers ${status}`;
  }
}

function isLiveState(value: unknown): value is LiveState {
  return typeof value === "object" && value !== null && "model" in value && "sources" in value;
}

function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
}
