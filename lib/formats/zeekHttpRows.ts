import type {RecordReceiver} from "./recordReader.js";
import {RequestRecord, requestText} from "./requestRecord.js";
import type {ZeekCells} from "./zeekCells.js";

/** Makes requests of the rows of Zeek’s http log. */
export class ZeekHttpRows {
  private readonly request = new RequestRecord();
  private columns = columnsOf([]);

  /** Begins rows with these columns. */
  begin(names: readonly string[]): void {
    this.columns = columnsOf(names);
  }

  /** Hands over the request of a row, or tells why there is none. */
  take(cells: ZeekCells, line: number, receiver: RecordReceiver): string | undefined {
    const {columns, request} = this;
    if (cells.count < columns.count && cells.count <= columns.last + 1) return "too few fields";
    if (!cells.has(columns.client)) return "no address";
    request.time = cells.time(columns.time);
    if (Number.isNaN(request.time)) return "no time";
    const status = cells.whole(columns.status);
    request.status = status <= 999 ? status : 0;
    request.size = cells.whole(columns.size);
    cells.takeElement(columns.forwarded, forwardedFor);
    cells.unescape(columns.texts);
    request.line = line;
    request.bytes = cells.bytes;
    cells.copyTo(request, requestText.client, columns.client);
    cells.copyTo(request, requestText.forwarded, columns.forwarded);
    cells.copyTo(request, requestText.user, columns.user);
    cells.copyTo(request, requestText.method, columns.method);
    cells.copyTo(request, requestText.target, columns.target);
    cells.copyTo(request, requestText.referrer, columns.referrer);
    cells.copyTo(request, requestText.agent, columns.agent);
    cells.copyTo(request, requestText.host, columns.host);
    receiver.request(request);
    return undefined;
  }
}

function columnsOf(names: readonly string[]) {
  const read = {
    time: names.indexOf("ts"),
    client: names.findIndex((name) => clientNames.includes(name)),
    method: names.indexOf("method"),
    host: names.indexOf("host"),
    target: names.indexOf("uri"),
    referrer: names.indexOf("referrer"),
    agent: names.indexOf("user_agent"),
    size: names.indexOf("response_body_len"),
    status: names.indexOf("status_code"),
    user: names.indexOf("username"),
    forwarded: names.indexOf("proxied")
  };
  const {time, size, status, ...texts} = read;
  return {...read, count: names.length, last: Math.max(...Object.values(read)), texts: Object.values(texts)};
}

// Zeek can be told to separate names otherwise, and to map them.
const clientNames = ["id.orig_h", "id_orig_h", "src", "src_ip"];
// Zeek writes the headers of proxies in upper case.
const forwardedFor = new TextEncoder().encode("X-FORWARDED-FOR -> ");
