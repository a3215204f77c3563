import type {FastifyReply, FastifyRequest} from "fastify";

/** Answers that a request is refused and why: as JSON to programs, which ask for what is beneath /api/, else in words. */
export function refuse(reply: FastifyReply, status: number, reason: string): FastifyReply {
  reply.code(status).header("cache-control", "no-store");
  return isApi(reply.request) ? reply.send({error: reason}) : reply.type(plainText).send(`${reason}\n`);
}

/** The type of answers in words. */
export const plainText = "text/plain; charset=utf-8";

/** Whether a request is for programs. The path of its route counts, as what was sent may be encoded in many ways. */
export function isApi({routeOptions, url}: FastifyRequest): boolean {
  return (routeOptions?.url ?? url).startsWith("/api/");
}
