import {type FileReport, ReportingReceiver} from "./fileReport.js";
import type {Format} from "./format.js";

/** What comes of a file’s bytes, uncompressed, in a format: its records are counted and not kept. */
export async function readReport(file: string, format: Format, bytes: AsyncIterable<Uint8Array>): Promise<FileReport> {
  const ignore = () => {};
  const receiver = new ReportingReceiver(file, format, {request: ignore, flow: ignore});
  const reader = format.open(receiver);
  for await (const piece of bytes) reader.push(piece);
  reader.end();
  return receiver.report();
}
