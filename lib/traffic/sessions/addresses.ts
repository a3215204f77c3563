import {ClientTable} from "./clientTable.js";

/**
 * What the open sessions of each address add up to, and who changes agents: many of a few requests each are no crowd behind
 * one address, which loads pages with all that belongs to them, but one program that calls itself something else each time.
 * Its further agents are gathered into one session.
 */
export class Addresses {
  private readonly table = new ClientTable();
  /** Of each address: clients that refer to it, sessions that are open, their requests and distinct agents. */
  private readonly references: number[] = [];
  private readonly sessions: number[] = [];
  private readonly requests: number[] = [];
  private readonly agents: number[] = [];
  private readonly gathering: number[] = [];

  /** The number of the address with this hash, for one more client. */
  take(low: number, high: number): number {
    let address = this.table.find(low, high);
    if (address < 0) {
      address = this.table.add(low, high);
      this.references[address] = this.sessions[address] = this.requests[address] = this.agents[address] = 0;
      this.gathering[address] = -1;
    }
    ++this.references[address]!;
    return address;
  }

  /** Tells that a client is forgotten. */
  release(address: number): void {
    if (--this.references[address]! === 0) this.table.remove(address);
  }

  addSession(address: number): void {
    ++this.sessions[address]!;
    ++this.agents[address]!;
  }

  addRequest(address: number): void {
    ++this.requests[address]!;
  }

  addAgent(address: number): void {
    ++this.agents[address]!;
  }

  /** Tells that a session is over, and what it had. */
  endSession(address: number, client: number, requests: number, agents: number): void {
    --this.sessions[address]!;
    this.requests[address]! -= requests;
    this.agents[address]! -= agents;
    if (this.gathering[address] === client) this.gathering[address] = -1;
  }

  /** Distinct agents of the sessions that are open. */
  agentsOf(address: number): number {
    return this.agents[address]!;
  }

  /** The client whose session gathers the agents of an address, −1 where there is none. */
  gathers(address: number): number {
    return this.gathering[address]!;
  }

  /** Makes a client the one that gathers. */
  gather(address: number, client: number): void {
    this.gathering[address] = client;
  }

  /** Whether the address changes agents: eight or more, with fewer than four requests each. */
  isChanging(address: number): boolean {
    const sessions = this.sessions[address]!;
    return sessions >= 8 && this.requests[address]! < 4 * sessions;
  }
}
