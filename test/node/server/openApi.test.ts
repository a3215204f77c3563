import fc from "fast-check";
import {afterAll, beforeAll, expect, it} from "vitest";
import {
  type Description,
  hostileValue,
  type JsonSchema,
  type Operation,
  operationsOf,
  validatorOf,
  validValue
} from "./openApi.js";
import {ask, changes, open, type TestServer, testServer} from "./testServer.js";

const numRuns = 100;
const servers: TestServer[] = [];
let description: Description;
let validator: (schema: JsonSchema) => ReturnType<ReturnType<typeof validatorOf>>;

beforeAll(async () => {
  const limits = {requests: 1e6, files: 1e6};
  servers.push(await testServer({limits}), await testServer({limits, isServe: true, scorer: () => null}));
  for (const server of servers) await server.log.append(changes(100));
  description = (await ask(servers[0]!.port, "/api/openapi.json")).json;
  validator = validatorOf(description);
});

afterAll(async () => {
  for (const server of servers) await server.close();
});

it("/api/openapi.json describes every route in words", () => {
  expect([description.openapi, description.info.title]).toEqual(["3.1.0", "Eddy"]);
  expect(operationsOf(description).map(({method, path}) => `${method} ${path}`)).toEqual([
    "GET /api/state",
    "GET /api/alerts",
    "GET /api/alerts/{id}",
    "GET /api/events",
    "POST /api/score",
    "GET /healthz",
    "GET /metrics",
    "GET /api/openapi.json"
  ]);
  for (const {operation} of operationsOf(description)) {
    expect(operation).toMatchObject({operationId: expect.any(String), summary: expect.any(String)});
    for (const [status, {description}] of Object.entries(operation.responses)) {
      expect(description, `${operation.operationId} ${status}`).not.toBe("Default Response");
    }
  }
  expect(Object.keys(description.components.schemas)).toEqual(["Alert", "AlertEvent", "LiveState"]);
  expect(JSON.stringify(description)).not.toMatch(/"\$ref":"(?!#\/components\/schemas\/)/);
});

it("/api/openapi.json is the same whatever the server serves", async () => {
  expect((await ask(servers[1]!.port, "/api/openapi.json")).json).toEqual(description);
});

it("every operation takes what its description allows", async () => {
  for (const {path, method, operation} of operationsOf(description)) {
    await fc.assert(
      fc.asyncProperty(validRequest(path, operation), async (request) => {
        const status = await answer(servers[0]!, method, request, operation);
        const allowed = [200, ...(path.includes("{id}") ? [404] : []), ...(bothCursors(request.path) ? [400] : [])];
        if (method === "POST") allowed.push(400);
        expect(allowed).toContain(status);
      }),
      {numRuns: operation.parameters || operation.requestBody ? numRuns : 3}
    );
  }
});

it("every operation answers as its description says, whatever comes", async () => {
  for (const {path, method, operation} of operationsOf(description)) {
    await fc.assert(
      fc.asyncProperty(hostileRequest(path, operation), fc.nat(1), async (request, which) => {
        await answer(servers[which]!, method, request, operation);
      }),
      {numRuns}
    );
  }
  for (const server of servers) expect((await ask(server.port, "/healthz")).text).toBe("ok\n");
});

it("every path answers every method, and whatever stands behind it", async () => {
  const paths = operationsOf(description).map(({path}) => path.replace("{id}", "0123456789abcdef"));
  const methods = [
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "PROPFIND",
    "REPORT",
    "M-SEARCH",
    "TRACE"
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...paths),
      fc.constantFrom(...methods),
      fc.oneof(
        fc.constant(""),
        pathText,
        pathText.map((text) => `/${text}`),
        pathText.map((text) => `?${text}`)
      ),
      fc.nat(1),
      async (path, method, more, which) => {
        const {status, text} = await ask(servers[which]!.port, path + more, {method});
        expect(status).toBeLessThan(500);
        expect(text).not.toMatch(/node_modules|\bat .*:\d+:\d+/);
      }
    ),
    {numRuns: 200}
  );
});

interface Request {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Buffer;
}

/** Sends a request; whatever it is, the answer must be one of those described. Gives its status. */
async function answer({port}: TestServer, method: string, request: Request, operation: Operation): Promise<number> {
  const response = await open(port, request.path, {...request, method});
  const {statusCode: status = 0, headers} = response;
  expect(status < 500 || status === 503, `${method} ${request.path}: ${status}`).toBe(true);
  const described = operation.responses[status];
  if (!described) throw new Error(`undescribed status of ${method} ${request.path}: ${status}`);
  const [[type, {schema}] = ["", {schema: {}}]] = Object.entries(described.content ?? {});
  expect(headers["content-type"]?.split(";")[0]).toBe(type);
  if (type === "text/event-stream") {
    response.destroy();
    return status;
  }
  const text = Buffer.concat(await response.toArray()).toString();
  if (type === "application/json") {
    const validate = validator(schema as JsonSchema);
    expect(validate(JSON.parse(text)) ? [] : validate.errors).toEqual([]);
  }
  if (status >= 400) expect(text.length).toBeLessThan(2000);
  expect(text).not.toMatch(/node_modules|\bat .*:\d+:\d+/);
  return status;
}

function validRequest(path: string, {parameters = [], requestBody}: Operation): fc.Arbitrary<Request> {
  const values = parameters.map(({schema, required}) =>
    required ? validValue(schema) : fc.option(validValue(schema), {nil: undefined})
  );
  const body = requestBody ? validValue(requestBody.content["application/json"]!.schema) : fc.constant(undefined);
  return fc.tuple(fc.tuple(...values), body).map(([values, body]) => requestOf(path, parameters, values, body));
}

function hostileRequest(path: string, {parameters = [], requestBody}: Operation): fc.Arbitrary<Request> {
  const values = parameters.map(({in: place}) =>
    place === "header" ? fc.oneof(fc.nat().map(String), fc.stringMatching(/^[\t -~\xa0-\xff]{0,40}$/)) : hostileValue
  );
  const schema = requestBody?.content["application/json"]?.schema;
  const json = fc.oneof(
    hostileValue,
    hostileValue.map((value) => ({rows: value})),
    ...(schema ? [validValue(schema)] : [])
  );
  const body = fc.oneof(
    json.map((value) => JSON.stringify(value)),
    json.map((value) => JSON.stringify(value)?.slice(0, -1)),
    fc.uint8Array({maxLength: 200}).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom(
      "\ufeff{}",
      '{"rows":[{"requests":1e999}]}',
      '{"rows":[{"requests":-0}]}',
      `{"rows":[${"[".repeat(50_000)}`
    ),
    fc.constant(`{"rows":[{"agent":"${"x".repeat(100_000)}"}]}`),
    fc.constant(Buffer.from('{"rows":[{"agent":"\u00e9"}]}', "utf16le"))
  );
  const types = fc.oneof(
    {weight: 5, arbitrary: fc.constant("application/json")},
    fc.constantFrom(
      "application/json; charset=utf-16",
      "text/plain",
      "APPLICATION/JSON",
      "application/json,text/plain",
      "",
      "*/*"
    ),
    fc.stringMatching(/^[ -~]{1,30}$/)
  );
  const encodings = fc.constantFrom<Record<string, string>>(
    {},
    {},
    {},
    {"content-encoding": "gzip"},
    {"accept-encoding": "br"}
  );
  const query = fc.oneof(fc.constant(""), pathText);
  return fc
    .tuple(fc.tuple(...values), schema ? body : fc.constant(undefined), types, encodings, query)
    .map(([values, body, type, more, query]) => {
      const request = requestOf(path, parameters, values, undefined);
      const separator = request.path.includes("?") ? "&" : "?";
      return {
        path: query ? `${request.path}${separator}${query}` : request.path,
        headers: {...request.headers, ...more, ...(body === undefined ? {} : {"content-type": type})},
        ...(body === undefined ? {} : {body})
      };
    });
}

const pathText = fc.oneof(
  fc.stringMatching(/^[!-~]{0,30}$/).map((text) => text.replaceAll("#", "")),
  fc.constantFrom(
    "%00",
    "%zz",
    "%c0%ae",
    "..%2f..%2f",
    "__proto__=1",
    "after[]=1",
    "after=1;limit=2",
    "limit=%31",
    "a".repeat(3000)
  )
);

function requestOf(
  path: string,
  parameters: NonNullable<Operation["parameters"]>,
  values: readonly unknown[],
  body: unknown
): Request {
  const headers: Record<string, string> = {};
  const query = new URLSearchParams();
  let place = path;
  for (const [i, {name, in: where}] of parameters.entries()) {
    const value = values[i];
    if (value === undefined) continue;
    const text = typeof value === "string" ? value : JSON.stringify(value);
    if (where === "header") headers[name] = text;
    else if (where === "query") query.append(name, text);
    else place = place.replace(`{${name}}`, () => pathValue(text));
  }
  if (body !== undefined) headers["content-type"] = "application/json";
  return {
    path: query.size > 0 ? `${place}?${query}` : place,
    headers,
    ...(body === undefined ? {} : {body: JSON.stringify(body)})
  };
}

/** A text as one name of a path, which an empty one, a dot or two are not. */
function pathValue(text: string): string {
  return /^\.{0,2}$/.test(text) ? "x" : encodeURIComponent(text.toWellFormed().slice(0, 1000));
}

function bothCursors(path: string): boolean {
  return path.includes("after=") && path.includes("before=");
}
