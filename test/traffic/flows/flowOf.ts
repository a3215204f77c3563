import {FlowRecord, flowText, flowTexts} from "../../../lib/formats/flowRecord.js";

type Texts = Partial<Record<(typeof flowTexts)[number], string | null>>;
type Numbers = Partial<Omit<FlowRecord, keyof Texts | "bytes" | "starts" | "ends">>;

/** What a record states, by name. */
export type Flow = Texts & Numbers;

/** A record that states so much and nothing else. */
export function flowOf(flow: Flow): FlowRecord {
  const record = new FlowRecord();
  record.begin();
  for (const name of flowTexts) record.set(flowText[name], flow[name]);
  const numbers = Object.entries(flow).filter(([name]) => !(flowTexts as readonly string[]).includes(name));
  return Object.assign(record, Object.fromEntries(numbers));
}
