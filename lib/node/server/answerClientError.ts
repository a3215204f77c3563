import {STATUS_CODES} from "node:http";
import type {Socket} from "node:net";

/** Answers what could not be read as a request at all, and closes. */
export function answerClientError({code}: {code?: string}, socket: Socket): void {
  if (code === "ECONNRESET" || socket.destroyed || !socket.writable) return void socket.destroy();
  const status = code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : code === "HPE_HEADER_OVERFLOW" ? 431 : 400;
  const reason = STATUS_CODES[status]!;
  const body = JSON.stringify({error: reason.toLowerCase()});
  const headers = [
    `HTTP/1.1 ${status} ${reason}`,
    "connection: close",
    "content-type: application/json; charset=utf-8",
    `content-length: ${body.length}`,
    "cache-control: no-store",
    "content-security-policy: default-src 'none'",
    "x-content-type-options: nosniff"
  ];
  socket.end(`${headers.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}
