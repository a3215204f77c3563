import {parse} from "csv-parse/sync";
import fc from "fast-check";
import {expect, test} from "vitest";
import {tableToCsv} from "../../lib/traffic/csv.js";
import {categoriesOf, tableOf} from "../../lib/traffic/table.js";

test("tableToCsv(table) writes times, numbers, text and missing values", () => {
  const table = tableOf({
    timestamp: Float64Array.of(Date.UTC(2026, 0, 5, 0, 0, 1), Number.NaN),
    request_rate: Float64Array.of(0.1, Number.NaN),
    client: categoriesOf(["10.0.0.1", null])
  });
  expect(tableToCsv(table)).toBe("timestamp,request_rate,client\r\n2026-01-05T00:00:01.000Z,0.1,10.0.0.1\r\n,,\r\n");
});

test("tableToCsv(table) without rows is its header", () => {
  expect(tableToCsv(tableOf({client: categoriesOf([])}))).toBe("client\r\n");
});

test("tableToCsv(table) quotes commas, quotes and line breaks, in cells and names", () => {
  const csv = tableToCsv(tableOf({"a,b": categoriesOf(['say "hi"', "x\ny", "a,b", "<script>"])}));
  expect(csv).toBe('"a,b"\r\n"say ""hi"""\r\n"x\ny"\r\n"a,b"\r\n<script>\r\n');
});

test("tableToCsv(table) guards texts and names that a spreadsheet would run, and leaves numbers alone", () => {
  const texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("http://x")', "a=1", "'=1", " "];
  const csv = tableToCsv(tableOf({"=name": categoriesOf(texts), value: Float64Array.from(texts, () => -1)}));
  const [header, ...rows] = parse(csv) as string[][];
  expect(header).toEqual(["'=name", "value"]);
  expect(rows.map(([text]) => text)).toEqual([...texts.slice(0, 8).map((text) => `'${text}`), "a=1", "'=1", " "]);
  expect(rows.every(([, value]) => value === "-1")).toBe(true);
});

test("tableToCsv(table) reads back as the texts and numbers that it holds", () => {
  const rows = fc.array(fc.tuple(fc.string(), fc.double({noDefaultInfinity: true})), {minLength: 1, maxLength: 20});
  fc.assert(
    fc.property(rows, (rows) => {
      const table = tableOf({
        client: categoriesOf(rows.map(([text]) => text)),
        request_rate: Float64Array.from(rows, ([, value]) => value)
      });
      const read = (parse(tableToCsv(table)) as string[][]).slice(1);
      expect(read.map(([text]) => text!.replace(/^'(?=[=+\-@\t\r\n])/, ""))).toEqual(
        rows.map(([text]) => unguarded(text))
      );
      const values = read.map(([, cell]) => (cell === "" ? Number.NaN : Number(cell)));
      expect(values).toEqual(rows.map(([, value]) => value + 0));
    })
  );
});

// A text that itself begins with a guarded apostrophe reads back without it.
function unguarded(text: string): string {
  return text.replace(/^'(?=[=+\-@\t\r\n])/, "");
}
