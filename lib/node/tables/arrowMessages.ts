/** One message of an Arrow stream: its bytes with frame and body, and what it holds. */
export interface ArrowMessage {
  readonly type: "schema" | "dictionary" | "batch" | "other";
  readonly bytes: Uint8Array;
}

/**
 * The messages of an Arrow stream, or of an Arrow file, which is a stream between a magic number and a footer. Throws on
 * a stream that is cut. Format: https://arrow.apache.org/docs/format/Columnar.html#encapsulated-message-format
 */
export async function* arrowMessages(source: AsyncIterable<Uint8Array>): AsyncGenerator<ArrowMessage> {
  const bytes = new ByteQueue(source);
  let frame = await bytes.peek(8);
  const isFile = Buffer.from(frame.subarray(0, 6)).toString() === "ARROW1";
  if (isFile) {
    await bytes.take(8);
    frame = await bytes.peek(8);
  }
  for (; frame.length === 8; frame = await bytes.peek(8)) {
    const frameView = new DataView(frame.buffer, frame.byteOffset, 8);
    if (frameView.getInt32(0, true) !== -1) throw new Error(`expected a message, got: ${frameView.getInt32(0, true)}`);
    const headerLength = frameView.getInt32(4, true);
    if (headerLength === 0) return;
    if (headerLength < 0) throw new Error(`invalid message length: ${headerLength}`);
    const header = await bytes.peek(8 + headerLength);
    if (header.length < 8 + headerLength) throw new Error("cut in a message");
    const {type, bodyLength} = describe(header.subarray(8));
    const length = 8 + headerLength + bodyLength;
    const message = await bytes.take(length);
    if (message.length < length) throw new Error("cut in a message");
    yield {type, bytes: message};
  }
  // A stream may end without a mark, a file does not.
  if (isFile || frame.length > 0) throw new Error("cut between messages");
}

// The fields of the flatbuffer table Message: version, header type, header, body length.
function describe(header: Uint8Array): {type: ArrowMessage["type"]; bodyLength: number} {
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  const table = view.getUint32(0, true);
  const fields = table - view.getInt32(table, true);
  const place = (field: number) => {
    const slot = 4 + 2 * field;
    const offset = slot < view.getUint16(fields, true) ? view.getUint16(fields + slot, true) : 0;
    return offset === 0 ? null : table + offset;
  };
  const [typeAt, lengthAt] = [place(1), place(3)];
  const bodyLength = lengthAt === null ? 0 : Number(view.getBigInt64(lengthAt, true));
  if (!(bodyLength >= 0 && bodyLength <= Number.MAX_SAFE_INTEGER))
    throw new Error(`invalid body length: ${bodyLength}`);
  return {type: types[typeAt === null ? 0 : view.getUint8(typeAt)] ?? "other", bodyLength};
}

const types: readonly ArrowMessage["type"][] = ["other", "schema", "dictionary", "batch"];

/** Hands out the bytes of a stream in the lengths that are asked for; fewer where it ends. */
class ByteQueue {
  private readonly source: AsyncIterator<Uint8Array>;
  private chunks: Uint8Array[] = [];
  private length = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]();
  }

  async peek(length: number): Promise<Uint8Array> {
    while (this.length < length) {
      const {done, value} = await this.source.next();
      if (done) break;
      this.chunks.push(value);
      this.length += value.length;
    }
    if (this.chunks.length > 1) this.chunks = [joined(this.chunks, this.length)];
    return (this.chunks[0] ?? new Uint8Array()).subarray(0, length);
  }

  /** A copy, as values of 8 bytes must begin at a multiple of 8. */
  async take(length: number): Promise<Uint8Array> {
    const bytes = (await this.peek(length)).slice();
    this.chunks = this.length > bytes.length ? [this.chunks[0]!.subarray(bytes.length)] : [];
    this.length -= bytes.length;
    return bytes;
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
