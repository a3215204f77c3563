import type {FastifyReply, FastifyRequest} from "fastify";
import {acceptedEncoding} from "./contentEncoding.js";
import type {SiteAsset} from "./siteAssets.js";

/** Answers with a file: compressed, in part, or not at all if the client has it. Keeps a status set before. */
export async function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: SiteAsset): Promise<FastifyReply> {
  const {body, hash, type, cacheControl, policy, compressible} = asset;
  const {headers} = request;
  const isWhole = reply.statusCode !== 200 || !headers.range;
  const encoding = compressible && isWhole ? acceptedEncoding(headers["accept-encoding"]) : undefined;
  const etag = encoding ? `"${hash}-${encoding}"` : `"${hash}"`;
  reply.headers({"cache-control": cacheControl, "content-security-policy": policy, etag});
  if (compressible) reply.header("vary", "accept-encoding");
  if (reply.statusCode === 200 && isKnown(etag, headers["if-none-match"])) return reply.code(304).send();
  reply.type(type);
  if (encoding) return reply.header("content-encoding", encoding).send(await asset.encode(encoding));
  reply.header("accept-ranges", "bytes");
  const range = isWhole || (headers["if-range"] ?? etag) !== etag ? undefined : parseRange(headers.range!, body.length);
  if (!range) return reply.send(body);
  if (range === "unsatisfiable") return reply.code(416).header("content-range", `bytes */${body.length}`).send();
  const [start, end] = range;
  reply.code(206).header("content-range", `bytes ${start}-${end - 1}/${body.length}`);
  return reply.send(body.subarray(start, end));
}

function isKnown(etag: string, ifNoneMatch = ""): boolean {
  return ifNoneMatch.split(",").some((tag) => tag.trim() === "*" || tag.trim().replace(/^W\//, "") === etag);
}

/** The half-open range of bytes that a Range header asks for; undefined for several ranges or another unit. */
function parseRange(header: string, length: number): [number, number] | "unsatisfiable" | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header) ?? [];
  if (!first && !last) return;
  if (first && last && Number(last) < Number(first)) return;
  const start = first ? Number(first) : Math.max(0, length - Number(last));
  const end = first && last ? Math.min(Number(last) + 1, length) : length;
  return start < end ? [start, end] : "unsatisfiable";
}
