import {type CsvError, type Info, type Parser, parse} from "csv-parse";
import {type CsvReceiver, CsvRecord} from "./csvRecord.js";

/**
 * Parses the bytes of a CSV file into records (RFC 4180, with LF, CRLF or CR), piece by piece as they come, from the given
 * line on, which is the first by default. Empty lines are no records. Lines are true but behind a fault that swallows
 * CRLFs, each of which then counts as two.
 */
export class ParsedRecords {
  private readonly parser: Parser;
  private readonly parsed = new CsvRecord();
  private readonly linesBefore: number;
  private quotedPairs = 0;
  private emptyLines = 0;
  private nextLine: number;
  private faultLine = 0;

  constructor(
    delimiter: string,
    private readonly receiver: CsvReceiver,
    firstLine = 1
  ) {
    this.linesBefore = firstLine - 1;
    this.nextLine = firstLine;
    this.parser = parse({
      bom: firstLine === 1,
      delimiter,
      max_record_size: mostCharacters,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      on_record: (cells: string[], info) => this.record(cells, info),
      on_skip: (error) => this.fault(error!)
    });
    // It is thrown by push and end.
    this.parser.on("error", () => {});
  }

  push(bytes: Uint8Array): Promise<void> {
    return settled((done) => this.parser.write(bytes, done));
  }

  end(): Promise<void> {
    return settled((done) => this.parser.end(done));
  }

  private record(cells: string[], info: Info): null {
    let line = this.lineOf(info);
    let isUtf8 = true;
    for (const cell of cells) {
      if (cell.includes("\ufffd")) isUtf8 = false;
      for (const lineEnd of cell.match(/\r\n|\n|\r/g) ?? []) {
        line -= lineEnd.length;
        if (lineEnd === "\r\n") ++this.quotedPairs;
      }
    }
    this.nextLine = this.lineOf(info) + 1;
    this.emptyLines = info.empty_lines;
    if (isUtf8) {
      this.parsed.setCells(cells);
      this.receiver.record(this.parsed, line);
    } else this.receiver.fault("not UTF-8", line);
    return null;
  }

  private fault(error: CsvError): undefined {
    const info = error as CsvError & Info;
    switch (info.code) {
      case "CSV_QUOTE_NOT_CLOSED":
        this.receiver.fault("quote not closed to the end", this.lineAfter(info));
        return;
      case "CSV_MAX_RECORD_SIZE":
        return this.receiver.stop("record too long, or quote not closed", this.lineAfter(info));
    }
    const line = this.lineOf(info);
    // What csv-parse says, in its own few words: invalid opening quote.
    if (line > this.faultLine) this.receiver.fault(info.message.split(":")[0]!.toLowerCase(), line);
    this.faultLine = line;
    // Behind an invalid closing quote, the record goes on.
    this.nextLine = info.code === "CSV_INVALID_CLOSING_QUOTE" ? line : line + 1;
    this.emptyLines = info.empty_lines;
  }

  // csv-parse itself counts each CRLF within quotes twice.
  private lineOf({lines}: Info): number {
    return this.linesBefore + lines - this.quotedPairs;
  }

  private lineAfter({empty_lines}: Info): number {
    return this.nextLine + empty_lines - this.emptyLines;
  }
}

// More than any record needs, and little enough that a quote never closed does not pull a whole file into memory.
const mostCharacters = 2 ** 24;

function settled(action: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => action((error) => (error ? reject(error) : resolve())));
}
