/** A JSON schema, as OpenAPI 3.1 takes it. */
export type Schema = Readonly<Record<string, unknown>>;

/** An object with exactly the properties of a type, all of them required. */
export function objectOf<T extends object>(description: string, properties: Readonly<Record<keyof T, Schema>>): Schema {
  return {type: "object", description, required: Object.keys(properties), properties};
}

export function arrayOf(items: Schema, more: Schema = {}): Schema {
  return {type: "array", items, ...more};
}

export function orNull(schema: Schema): Schema {
  if (typeof schema.type !== "string") return {anyOf: [schema, {type: "null"}]};
  return {...schema, type: [schema.type, "null"], ...(schema.enum ? {enum: [...(schema.enum as string[]), null]} : {})};
}

export function text(description: string, more: Schema = {}): Schema {
  return {type: "string", description, ...more};
}

export function oneOf(description: string, values: readonly string[]): Schema {
  return {type: "string", description, enum: values};
}

export function flag(description: string): Schema {
  return {type: "boolean", description};
}

export function number(description: string, more: Schema = {}): Schema {
  return {type: "number", description, ...more};
}

/** A whole number from 0. */
export function count(description: string, more: Schema = {}): Schema {
  return {type: "integer", description, minimum: 0, ...more};
}

/** A time in UTC milliseconds. */
export function time(description: string): Schema {
  return number(`${description}, UTC milliseconds`);
}

/** A value of a column: a number, a text, or null where missing. */
export const cell: Schema = {
  type: ["number", "string", "null"],
  description: "a number, a text, or null where missing"
};

/** A schema that is described once, by its name. */
export function refer(name: string): Schema {
  return {$ref: `${name}#`};
}

/** What a route answers: its own answers, and those that every route of its kind has. */
export function answers(own: Readonly<Record<number, Schema>>, kind: "api" | "words" = "api"): Schema {
  const all: Record<number, Schema> = {
    ...own,
    408: refusal("the request took too long to come"),
    431: refusal("the address and the headers are too long")
  };
  for (const [status, reason] of Object.entries(refusals)) {
    all[Number(status)] ??= kind === "api" ? refusal(reason) : inWords(reason);
  }
  return all;
}

/** An answer that says why there is no other. */
export function refusal(reason: string): Schema {
  return {...objectOf<{error: string}>(reason, {error: text("why, in words")})};
}

/** An answer in words. */
export function inWords(description: string, type = "text/plain"): Schema {
  return {description, content: {[type]: {schema: {type: "string"}}}};
}

const refusals: Readonly<Record<number, string>> = {
  400: "the request is malformed, or a parameter is invalid",
  401: "the token is missing or wrong, where the server asks for one",
  403: "the request comes from another site, or under a name that is not this machine’s",
  429: "too many requests in this second",
  500: "the server failed"
};
