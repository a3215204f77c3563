import {Ajv2020, type ValidateFunction} from "ajv/dist/2020.js";
import fc from "fast-check";

/** A JSON schema, as far as ours go. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
}

/** An operation of an OpenAPI description. */
export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: "query" | "header" | "path";
    readonly required?: boolean;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: {readonly content: Readonly<Record<string, {readonly schema: JsonSchema}>>};
  readonly responses: Readonly<
    Record<string, {readonly description: string; readonly content?: Readonly<Record<string, {schema: JsonSchema}>>}>
  >;
}

/** An OpenAPI description, as far as it is looked at. */
export interface Description {
  readonly openapi: string;
  readonly info: {readonly title: string; readonly version: string};
  readonly components: {readonly schemas: Readonly<Record<string, JsonSchema>>};
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Its operations, each with path and method. */
export function operationsOf({paths}: Description): {path: string; method: string; operation: Operation}[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({path, method: method.toUpperCase(), operation}))
  );
}

/** What checks values by schemas of a description, in which objects have no other properties than those described. */
export function validatorOf(description: Description): (schema: JsonSchema) => ValidateFunction {
  const {components} = closed(description) as Description;
  const ajv = new Ajv2020({strict: false, allErrors: true});
  const known = new Map<JsonSchema, ValidateFunction>();
  return (schema) => {
    const validate = known.get(schema) ?? ajv.compile({...(closed(schema) as JsonSchema), components});
    known.set(schema, validate);
    return validate;
  };
}

/** Values that a schema allows. */
export function validValue(schema: JsonSchema): fc.Arbitrary<unknown> {
  const {type, pattern, minimum = -1e9, maximum = 1e9, maxItems = 5, items, required = [], properties} = schema;
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(validValue));
  if (Array.isArray(type)) return fc.oneof(...type.map((one) => validValue({...schema, type: one})));
  switch (type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.oneof(
        fc.integer({min: minimum, max: Math.min(maximum, minimum + 500)}),
        fc.constantFrom(minimum, maximum)
      );
    case "number":
      return fc.double({noNaN: true, min: minimum, max: maximum});
    case "string":
      return pattern ? fc.stringMatching(new RegExp(pattern)) : fc.string({unit: "binary"});
    case "array":
      return fc.array(validValue(items!), {maxLength: Math.min(5, maxItems)});
    case "object": {
      const named = Object.entries(properties ?? {}).map(([name, one]) => [name, validValue(one)] as const);
      if (named.length > 0) {
        return fc.record(Object.fromEntries(named), {requiredKeys: [...required] as never[]});
      }
      return fc.dictionary(
        fc.oneof(fc.string(), fc.constantFrom("requests", "agent")),
        validValue(schema.additionalProperties as JsonSchema)
      );
    }
    default:
      throw new Error(`unknown type: ${type}`);
  }
}

/** Values made to break what reads them: of any type, names of what objects inherit, large and deep ones. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({maxDepth: 4}),
  fc.string({unit: "binary"}),
  fc.constantFrom<unknown>(
    ...[
      "__proto__",
      "constructor",
      "toString",
      "%00",
      "\0",
      "../../etc/passwd",
      "\r\nx: y",
      "NaN",
      "0x10",
      "1e400",
      "-0",
      ""
    ],
    ...[2 ** 53, -(2 ** 63), 1e308, -1, 0.5, null, true, [], {}, [[]], {rows: []}, {rows: {length: 1e9}}],
    "9".repeat(400),
    JSON.parse(`${"[".repeat(3000)}${"]".repeat(3000)}`),
    JSON.parse('{"rows": [{"__proto__": 1, "constructor": {"prototype": {}}, "toString": null}]}'),
    JSON.parse('{"rows": [{"hasOwnProperty": 1, "requests": {"valueOf": 1}}]}')
  )
);

function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== "object" || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, closed(one)]));
  return copy.properties && !("additionalProperties" in copy) && copy.type !== undefined
    ? {...copy, additionalProperties: false}
    : copy;
}
