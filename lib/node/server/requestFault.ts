import type {FastifyError} from "fastify";

/** The status and the words for an error that Fastify or a route met. What a server’s own fault was stays with it. */
export function requestFault(error: FastifyError): {readonly status: number; readonly reason: string} {
  const {statusCode: status = 500, validation, validationContext = "request"} = error;
  if (status >= 500) return {status: 500, reason: "internal error"};
  if (validation) {
    const [{instancePath = "", message = "", params = {}} = {}] = validation as Partial<(typeof validation)[number]>[];
    return {status, reason: describe(validationContext, instancePath, message, params)};
  }
  return {status, reason: reasons[status] ?? "bad request"};
}

const reasons: Readonly<Record<number, string>> = {
  400: "malformed body",
  413: "body too large",
  415: "expected a body of application/json"
};

/** Such as `invalid limit in the query: must be <= 500`. */
function describe(part: string, path: string, message: string, params: Record<string, unknown>): string {
  const where =
    part === "body" ? "in the body" : part === "params" ? "in the path" : `in the ${part.replace("string", "")}`;
  if (typeof params.additionalProperty === "string") return `unknown name ${where}: ${cut(params.additionalProperty)}`;
  const names = path
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map(cut);
  const [list, row, column] = names;
  if (list === "rows" && column !== undefined)
    return `invalid value in row ${Number(row) + 1}, column ${column}: ${message}`;
  return names.length > 0 ? `invalid ${names.join("/")} ${where}: ${message}` : `invalid ${where.slice(7)}: ${message}`;
}

function cut(name: string): string {
  return name.slice(0, 100);
}
