/** How a flow went, in Zeek’s words. */
export const flowStates = [
  "S0",
  "S1",
  "SF",
  "REJ",
  "S2",
  "S3",
  "RSTO",
  "RSTR",
  "RSTOS0",
  "RSTRH",
  "SH",
  "SHR",
  "OTH"
] as const;

/** One of `flowStates`. */
export type FlowState = (typeof flowStates)[number];

/** Flags of TCP. */
export const [fin, syn, rst, ack] = [1, 2, 4, 16] as const;

/**
 * How a TCP connection went, by the flags that source and destination have sent and by who has reset it first. It is `conn_state`
 * of Zeek (https://docs.zeek.org/en/master/scripts/base/protocols/conn/main.zeek.html) as far as flags tell.
 */
export function tcpState(source: number, destination: number, resetBy: "source" | "destination" | null): FlowState {
  const hasSyn = (source & syn) !== 0;
  const hasAnswer = (destination & syn) !== 0;
  if (resetBy === "destination") return !hasSyn ? "RSTRH" : hasAnswer ? "RSTR" : "REJ";
  if (resetBy === "source") return hasAnswer ? "RSTO" : "RSTOS0";
  const [sourceEnds, destinationEnds] = [(source & fin) !== 0, (destination & fin) !== 0];
  if (sourceEnds && destinationEnds) return "SF";
  if (sourceEnds) return hasAnswer ? "S2" : "SH";
  if (destinationEnds) return hasSyn ? "S3" : "SHR";
  if (hasSyn && hasAnswer) return "S1";
  return hasSyn && destination === 0 ? "S0" : "OTH";
}

/** How a flow without connections went, by whether each side has sent. */
export function exchangeState(hasSource: boolean, hasDestination: boolean): FlowState {
  return !hasSource ? "SHR" : hasDestination ? "SF" : "S0";
}
