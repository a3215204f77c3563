import {extname} from "node:path";

/** The Content-Type of a file by the ending of its name, and whether compressing it pays. */
export function contentType(file: string): {type: string; compressible: boolean} {
  const extension = extname(file).toLowerCase();
  const text = texts[extension];
  if (text) return {type: `${text}; charset=utf-8`, compressible: true};
  const packed = packedTypes[extension];
  if (packed) return {type: packed, compressible: false};
  return {type: binaries[extension] ?? "application/octet-stream", compressible: true};
}

const texts: Record<string, string> = {
  ".css": "text/css",
  ".csv": "text/csv",
  ".geojson": "application/geo+json",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".jsonl": "application/jsonl",
  ".log": "text/plain",
  ".map": "application/json",
  ".md": "text/markdown",
  ".mjs": "text/javascript",
  ".svg": "image/svg+xml",
  ".tsv": "text/tab-separated-values",
  ".txt": "text/plain",
  ".webmanifest": "application/manifest+json",
  ".xml": "application/xml"
};

const binaries: Record<string, string> = {
  ".arrow": "application/vnd.apache.arrow.stream",
  ".bin": "application/octet-stream",
  ".ico": "image/x-icon",
  ".ttf": "font/ttf",
  ".wasm": "application/wasm"
};

const packedTypes: Record<string, string> = {
  ".avif": "image/avif",
  ".gif": "image/gif",
  ".gz": "application/gzip",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".mp4": "video/mp4",
  ".parquet": "application/vnd.apache.parquet",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".webp": "image/webp",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".zip": "application/zip"
};
