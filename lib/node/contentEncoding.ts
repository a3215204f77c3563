import {promisify} from "node:util";
import {brotliCompress, constants, gzip} from "node:zlib";

/** As HTTP names them. */
export type ContentEncoding = "br" | "gzip";

/** The best encoding that an Accept-Encoding header allows: Brotli, else gzip, else undefined for none. */
export function acceptedEncoding(header = ""): ContentEncoding | undefined {
  const accepted = new Set<string>();
  for (const item of header.toLowerCase().split(",")) {
    const [name, ...parameters] = item.split(";").map((part) => part.trim());
    if (name && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) accepted.add(name);
  }
  return accepted.has("br") ? "br" : accepted.has("gzip") ? "gzip" : undefined;
}

/**
 * Compresses at a level that the first reader does not notice. Measured on a build: Brotli 5 takes 7 ms for Plot (204 kB
 * become 66 kB, gzip 70 kB) and 27 ms for 600 kB of Arrow; level 11 takes 50 to 70 times as long for 9 % less code, and
 * makes Arrow larger.
 */
export function compress(body: Buffer, encoding: ContentEncoding): Promise<Buffer> {
  if (encoding === "gzip") return promisify(gzip)(body, {level: 6});
  const {BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT} = constants;
  return promisify(brotliCompress)(body, {
    params: {[BROTLI_PARAM_QUALITY]: 5, [BROTLI_PARAM_SIZE_HINT]: body.length}
  });
}
