import {createHash} from "node:crypto";
import type {AlertChanged} from "../../../live/alert.js";

/** What a window of silence remembers: of clients, a hash, when they were told of and how often not; alerts that go on. */
export interface SavedSilence {
  readonly clients: readonly (readonly [client: string, told: number, silenced: number])[];
  readonly alerts: readonly string[];
}

/**
 * Lets alerts of a client through that are raised no sooner than a window after the last that was let through, by the time of
 * the traffic; and the end of those. Remembers the 2,000 clients and the 2,000 open alerts that were told last.
 */
export class Silence {
  private readonly clients: Map<string, {told: number; silenced: number}>;
  private readonly alerts: Set<string>;

  /** The window is in milliseconds, 0 for none. */
  constructor(
    private readonly window: number,
    saved: SavedSilence = {clients: [], alerts: []}
  ) {
    this.clients = new Map(saved.clients.map(([client, told, silenced]) => [client, {told, silenced}]));
    this.alerts = new Set(saved.alerts);
  }

  /** What becomes of a change: told, with how many alerts of the client were silenced before; silenced; or of no interest. */
  take({what, alert}: AlertChanged): {tell: true; silenced: number} | {tell: false; isSilenced: boolean} {
    if (what === "closed" && this.alerts.delete(alert.id)) return {tell: true, silenced: 0};
    if (what !== "raised") return {tell: false, isSilenced: false};
    const client = createHash("sha256").update(alert.client).digest("base64url").slice(0, 16);
    const known = this.clients.get(client);
    if (known !== undefined && alert.raised - known.told < this.window) {
      ++known.silenced;
      return {tell: false, isSilenced: true};
    }
    this.clients.delete(client);
    this.clients.set(client, {told: alert.raised, silenced: 0});
    this.alerts.add(alert.id);
    forgetOldest(this.clients);
    forgetOldest(this.alerts);
    return {tell: true, silenced: known?.silenced ?? 0};
  }

  save(): SavedSilence {
    const clients = Array.from(this.clients, ([client, {told, silenced}]) => [client, told, silenced] as const);
    return {clients, alerts: [...this.alerts]};
  }
}

const most = 2000;

function forgetOldest(all: Map<string, unknown> | Set<string>): void {
  if (all.size <= most) return;
  for (const oldest of all.keys()) {
    all.delete(oldest);
    return;
  }
}
