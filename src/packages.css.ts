import {readFileSync} from "node:fs";
import {createRequire} from "node:module";

const {resolve} = createRequire(import.meta.url);

function face(family: string, file: string): string {
  const data = readFileSync(resolve(`@fontsource-variable/${file}`)).toString("base64");
  return `@font-face{font-family:"${family}";font-weight:200 900;font-display:block;src:url(data:font/woff2;base64,${data}) format("woff2")}\n`;
}

// Leaflet’s images serve its own markers and its layer control, which Eddy does not use.
function leaflet(): string {
  return readFileSync(resolve("leaflet/dist/leaflet.css"), "utf8").replace(/[^{}]*\{[^{}]*url\(images\/[^{}]*\}/g, "");
}

process.stdout.write(
  face("Source Sans 3", "source-sans-3/files/source-sans-3-latin-wght-normal.woff2") +
    face("Source Serif 4", "source-serif-4/files/source-serif-4-latin-wght-normal.woff2") +
    leaflet()
);
