import {type RequestRecord, requestText} from "../../formats/requestRecord.js";
import {type Agent, readAgent} from "./agent.js";
import {TextHash} from "./textHash.js";
import {textOf} from "./textOf.js";

/** The user agents of requests, each read once as long as there are not too many. */
export class Agents {
  private readonly hash = new TextHash();
  private readonly agents = new Map<number, Agent>();

  of({bytes, starts, ends}: RequestRecord): Agent {
    const {hash, agents} = this;
    hash.begin();
    hash.add(bytes, starts[agentText]!, ends[agentText]!);
    hash.end();
    const key = (hash.high >>> 0) * 2 ** 21 + (hash.low >>> 11);
    let agent = agents.get(key);
    if (agent === undefined) {
      agent = readAgent(textOf(bytes, starts[agentText]!, ends[agentText]!));
      if (agents.size === mostAgents) agents.clear();
      agents.set(key, agent);
    }
    return agent;
  }
}

const {agent: agentText} = requestText;

/** Distinct agents that are remembered. */
const mostAgents = 4096;
