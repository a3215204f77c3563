import {FlowRecord} from "./flowRecord.js";
import type {Format, Head} from "./format.js";
import {JsonLines, type JsonObject, objectsIn, textAt} from "./jsonLines.js";
import type {RecordReceiver} from "./recordReader.js";
import {RequestRecord} from "./requestRecord.js";
import {endpointOf, takeZeekFlow, takeZeekRequest} from "./zeekJsonRecords.js";
import {foremostKind, type ZeekKind, zeekContents, zeekKind, zeekRecordName} from "./zeekKind.js";

/** Zeek’s logs of one JSON object a line. Each line may be of another log: its `_path` tells, or else its keys do. */
export const zeekConnJson = formatOf("conn");
export const zeekHttpJson = formatOf("http");
export const zeekDnsJson = formatOf("dns");
export const zeekSslJson = formatOf("ssl");
export const zeekOtherJson = formatOf("other");

function formatOf(kind: ZeekKind): Format {
  const {log, holds} = zeekContents[kind];
  return {
    name: `zeek-${kind}-json`,
    title: `Zeek ${log} of JSON`,
    holds,
    unit: "line",
    matches: (head) => kindOfHead(head) === kind,
    open: openZeekJson
  };
}

function kindOfHead(head: Head): ZeekKind | null {
  return foremostKind(objectsIn(head).filter(isZeek).map(kindOf));
}

/** Whether an object has what tells Zeek’s logs from others: a path, or a time beside one of Zeek’s own keys. */
function isZeek(object: JsonObject): boolean {
  if (textAt(object, "_path") !== null) return true;
  if (object.ts === undefined) return false;
  return endpointOf(object, "source") !== undefined || zeekKeys.some((key) => key in object);
}

function kindOf(object: JsonObject): ZeekKind {
  return zeekKind(textAt(object, "_path") ?? "", (key) => key in object);
}

function openZeekJson(receiver: RecordReceiver): JsonLines {
  const flow = new FlowRecord();
  const request = new RequestRecord();
  return new JsonLines(receiver, (object, line) => {
    const kind = kindOf(object);
    if (kind === "conn") return takeZeekFlow(object, line, flow, receiver);
    if (kind === "http") return takeZeekRequest(object, line, request, receiver);
    receiver.passOver(zeekRecordName(textAt(object, "_path") ?? kind));
    return undefined;
  });
}

const zeekKeys = [
  "fuid",
  "fuids",
  "uids",
  "conn_uids",
  "peer",
  "certificate.version",
  "compile_ts",
  "orig_hw",
  "software_type",
  "suppress_for"
];
