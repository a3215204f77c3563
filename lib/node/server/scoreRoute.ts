import type {FastifyInstance} from "fastify";
import {InputError} from "../../inputError.js";
import type {ModelScorer} from "../../live/modelScorer.js";
import {type Categories, type Column, categoriesOf} from "../../traffic/table.js";
import {refuse} from "../refuse.js";
import {answers, arrayOf, cell, flag, number, objectOf, orNull, refusal, type Schema, text} from "./schemas.js";

/** `/api/score`: scores of at most so many rows by the present model. */
export function scoreRoute(app: FastifyInstance, scorer: () => ModelScorer | null, maxRows: number): void {
  app.post<{Body: {rows: Row[]}}>("/api/score", {schema: routeFor(maxRows)}, async ({body: {rows}}, reply) => {
    const model = scorer();
    if (!model) return refuse(reply, 409, "there is no model yet");
    const {columns, invalid} = columnsOf(rows, model.columns);
    if (invalid) return refuse(reply, 400, invalid);
    const scores = scoresOf(model, rows.length, columns);
    if (typeof scores === "string") return refuse(reply, 400, scores);
    const {name, threshold} = model;
    const known = new Set(model.columns.map(({name}) => name));
    const given = new Set<string>();
    for (const row of rows) for (const name of Object.keys(row)) given.add(name);
    return reply.send({
      model: name,
      threshold,
      scores,
      anomalies: threshold === null ? null : scores.map((score) => score > threshold),
      ignored: [...given].filter((name) => !known.has(name)).slice(0, maxNames),
      missing: [...known].filter((name) => !given.has(name))
    });
  });
}

type Row = Readonly<Record<string, number | string | null>>;

const maxNames = 100;

/** The columns of rows, or what is wrong with the first cell that cannot be in its column. */
function columnsOf(
  rows: readonly Row[],
  names: ModelScorer["columns"]
): {readonly columns: Record<string, Column>; readonly invalid: string | null} {
  const columns: Record<string, Column> = {};
  for (const {name, type} of names) {
    const row = rows.findIndex((row) => !fits(cellOf(row, name), type));
    if (row >= 0) {
      const found = JSON.stringify(cellOf(rows[row]!, name)).slice(0, 100);
      return {columns, invalid: `expected a ${type} in row ${row + 1}, column ${name}, got: ${found}`};
    }
    columns[name] = type === "number" ? numbersOf(rows, name) : textsOf(rows, name);
  }
  return {columns, invalid: null};
}

/** The scores of rows, or which row has a value that the model cannot take, such as a negative one of a logarithm. */
function scoresOf(model: ModelScorer, rows: number, columns: Record<string, Column>): number[] | string {
  try {
    return rows === 0 ? [] : Array.from(model.score(rows, columns));
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

function cellOf(row: Row, name: string): number | string | null {
  return Object.hasOwn(row, name) ? row[name]! : null;
}

function fits(cell: number | string | null, type: "number" | "text"): boolean {
  return cell === null || (type === "number" ? Number.isFinite(cell) : typeof cell === "string");
}

function numbersOf(rows: readonly Row[], name: string): Float64Array {
  return Float64Array.from(rows, (row) => (cellOf(row, name) as number | null) ?? Number.NaN);
}

function textsOf(rows: readonly Row[], name: string): Categories {
  return categoriesOf(rows.map((row) => cellOf(row, name) as string | null));
}

function routeFor(maxRows: number): Schema {
  return {
    summary: "Scores of rows by the present model",
    description:
      "A column that a row does not have is a missing value. Numbers are numbers and texts are texts: nothing is converted. " +
      "Rows are counted from 1 where one of them is refused.",
    operationId: "score",
    tags: ["model"],
    body: {
      type: "object",
      required: ["rows"],
      additionalProperties: false,
      properties: {
        rows: arrayOf(
          {
            type: "object",
            additionalProperties: cell,
            description: "the values of a row by the names of their columns"
          },
          {maxItems: maxRows}
        )
      }
    },
    response: answers({
      200: objectOf<{model: 0; threshold: 0; scores: 0; anomalies: 0; ignored: 0; missing: 0}>("scores", {
        model: text("what scored: the file of a model, or the generation of a watch’s"),
        threshold: orNull(number("a row is flagged when its score is greater; null where nothing has chosen one")),
        scores: arrayOf(number("above 0 and up to 1, higher is more anomalous"), {
          description: "in the order of the rows"
        }),
        anomalies: orNull(arrayOf(flag("whether the row is flagged"))),
        ignored: arrayOf(text("a name"), {maxItems: maxNames, description: "columns that the model does not know"}),
        missing: arrayOf(text("a name"), {description: "columns of the model that no row has"})
      }),
      409: refusal("there is no model yet"),
      413: refusal("the body is too large"),
      415: refusal("the body is not application/json")
    })
  };
}
