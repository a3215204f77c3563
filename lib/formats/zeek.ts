import type {Format, Head} from "./format.js";
import {isBlank} from "./isBlank.js";
import {LineReader} from "./lineReader.js";
import {lineText} from "./lineText.js";
import type {RecordReader, RecordReceiver} from "./recordReader.js";
import {unescapeIn, ZeekCells} from "./zeekCells.js";
import {ZeekConnRows} from "./zeekConnRows.js";
import {ZeekHttpRows} from "./zeekHttpRows.js";
import {foremostKind, type ZeekKind, zeekContents, zeekKind, zeekRecordName} from "./zeekKind.js";

/** Zeek’s logs of values between tabs, or what else their header says. */
export const zeekConn = formatOf("conn");
export const zeekHttp = formatOf("http");
export const zeekDns = formatOf("dns");
export const zeekSsl = formatOf("ssl");
export const zeekOther = formatOf("other");

function formatOf(kind: ZeekKind): Format {
  const {log, holds} = zeekContents[kind];
  return {
    name: `zeek-${kind}`,
    title: `Zeek ${log}`,
    holds,
    unit: "line",
    matches: (head) => kindOfHead(head) === kind,
    open: (receiver) => new ZeekReader(receiver)
  };
}

function kindOfHead(head: Head): ZeekKind | null {
  const header = new ZeekHeader();
  const kinds: ZeekKind[] = [];
  for (const [i, line] of head.lines.entries()) {
    const bytes = new TextEncoder().encode(line);
    if (header.take(bytes, 0, bytes.length)) {
      if (header.names.length > 0) kinds.push(header.kind);
    } else if (i === 0) return null;
  }
  return foremostKind(kinds);
}

/**
 * Reads rows of conn as flows and rows of http as requests, and passes over those of other logs by name. A header may recur
 * anywhere and change everything, as where logs have been put together.
 */
class ZeekReader implements RecordReader {
  private readonly lines: LineReader;
  private readonly header = new ZeekHeader();
  private readonly conn = new ZeekConnRows();
  private readonly http = new ZeekHttpRows();
  private rows: ZeekConnRows | ZeekHttpRows | null = null;
  private names: readonly string[] = [];

  constructor(private readonly receiver: RecordReceiver) {
    this.lines = new LineReader(
      (bytes, start, end, line) => this.take(bytes, start, end, line),
      (line) => receiver.reject(line, "too long", "")
    );
  }

  push(bytes: Uint8Array): void {
    this.lines.push(bytes);
  }

  end(): void {
    this.lines.end();
  }

  private take(bytes: Uint8Array, start: number, end: number, line: number): void {
    const {header, receiver, rows} = this;
    if (isBlank(bytes, start, end)) receiver.passOver("blank line");
    else if ((bytes[start]! <= hash || header.names.length === 0) && header.take(bytes, start, end)) {
      if (header.names !== this.names) this.begin();
      receiver.passOver("header");
    } else if (header.names.length === 0) receiver.reject(line, "no header", lineText(bytes, start, end));
    else if (rows === null) receiver.passOver(header.recordName);
    else {
      const {cells} = header;
      cells.cut(bytes, start, end, header.separator);
      if (cells.count < header.names.length) cells.cutLast();
      const reason = rows.take(cells, line, receiver);
      if (reason !== undefined) receiver.reject(line, reason, lineText(bytes, start, end));
    }
  }

  private begin(): void {
    const {kind, names} = this.header;
    this.names = names;
    this.rows = kind === "conn" ? this.conn : kind === "http" ? this.http : null;
    this.rows?.begin(names);
  }
}

/** What the header lines so far have said. */
class ZeekHeader {
  readonly cells = new ZeekCells();
  separator = tab;
  path = "";
  /** The columns, none before they are named. */
  names: readonly string[] = [];
  kind: ZeekKind = "other";
  recordName = "";

  /** Takes a line if it is one of the header: after `#`, or before any other the bare names of columns. */
  take(bytes: Uint8Array, start: number, end: number): boolean {
    let keyStart = start;
    while (keyStart < end && (bytes[keyStart] === tab || bytes[keyStart] === space)) ++keyStart;
    if (bytes[keyStart] !== hash) return this.names.length === 0 && this.takeNames(bytes, start, end);
    let keyEnd = ++keyStart;
    while (keyEnd < end && bytes[keyEnd] !== this.separator && bytes[keyEnd] !== space && bytes[keyEnd] !== tab)
      ++keyEnd;
    this.takeValue(lineText(bytes, keyStart, keyEnd), bytes.slice(keyEnd + 1, end));
    return true;
  }

  private takeValue(key: string, value: Uint8Array): void {
    switch (key) {
      case "separator":
        // The first line of a header: what the one before has said is gone.
        this.separator = separatorIn(value);
        this.path = "";
        break;
      case "set_separator":
        this.cells.setSeparator = value[0] ?? comma;
        break;
      case "unset_field":
        this.cells.unset = value;
        break;
      case "empty_field":
        this.cells.empty = value;
        break;
      case "path":
        this.path = lineText(value, 0, value.length).trim();
        break;
      case "fields":
        this.setNames(value, 0, value.length);
    }
  }

  /** Takes the line of names that a table of Zeek’s columns begins with where it has no other header. */
  private takeNames(bytes: Uint8Array, start: number, end: number): boolean {
    if (lineText(bytes, start, end).indexOf("id.orig_h") < 0) return false;
    for (const separator of [tab, comma, bar]) {
      this.separator = separator;
      this.setNames(bytes, start, end);
      if (this.names.includes("id.orig_h")) return true;
    }
    this.separator = tab;
    this.names = [];
    return false;
  }

  private setNames(bytes: Uint8Array, start: number, end: number): void {
    this.cells.cut(bytes, start, end, this.separator);
    this.cells.cutLast();
    this.names = this.cells.texts();
    this.kind = zeekKind(this.path, (name) => this.names.includes(name));
    this.recordName = zeekRecordName(this.path || this.kind);
  }
}

/** The byte that `\x09`, `\t` or the separator itself names; other writers than Zeek spell it as they like. */
function separatorIn(value: Uint8Array): number {
  const length = unescapeIn(value, 0, value.length);
  return length === 0 || (value[0] === backslash && length > 1) ? tab : value[0]!;
}

const [tab, space, hash, comma, backslash, bar] = [9, 32, 35, 44, 92, 124];
