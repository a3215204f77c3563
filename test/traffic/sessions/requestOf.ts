import {RequestRecord, requestText, requestTexts} from "../../../lib/formats/requestRecord.js";

type Texts = Partial<Record<(typeof requestTexts)[number], string | null>>;
type Numbers = Partial<Omit<RequestRecord, keyof Texts | "bytes" | "starts" | "ends">>;

/** What a record states, by name. */
export type Request = Texts & Numbers;

/** A record of a GET for / with status 200, unless stated otherwise, that states nothing else. */
export function requestOf(request: Request): RequestRecord {
  const texts: Texts = {client: "192.0.2.1", method: "GET", target: "/", ...request};
  const record = new RequestRecord();
  record.begin();
  for (const name of requestTexts) record.set(requestText[name], texts[name]);
  const numbers = Object.entries(request).filter(([name]) => !(requestTexts as readonly string[]).includes(name));
  return Object.assign(record, {status: 200, line: 1}, Object.fromEntries(numbers));
}
