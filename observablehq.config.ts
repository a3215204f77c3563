import {mkdirSync, readdirSync, utimesSync, watch} from "node:fs";

process.env.OBSERVABLE_TELEMETRY_DISABLE ??= "1";

// To bundle its client, Framework asks the npm registry for the latest version of every library that a page could use
// implicitly, even if no page does. Any version in the cache will do; as this one does not exist, implicit use fails.
const implicit = [
  "@observablehq/plot",
  "@observablehq/sample-datasets",
  "apache-arrow",
  "arquero",
  "d3",
  "d3-dsv",
  "echarts",
  "htl",
  "leaflet",
  "lodash",
  "mapbox-gl",
  "parquet-wasm",
  "react",
  "react-dom",
  "topojson-client"
];
for (const name of implicit) mkdirSync(`src/.observablehq/cache/_npm/${name}@0.0.0-offline`, {recursive: true});

const loaders = "src/experiments";
const experiments = listExperiments();

if (process.argv.includes("preview")) watchInputs();

function listExperiments(): string[] {
  return readdirSync(loaders)
    .filter((name) => name.endsWith(".zip.ts"))
    .map((name) => name.slice(0, -".zip.ts".length))
    .sort();
}

// Framework reruns a loader only when the loader itself changes, and lists pages only when this file does: touch them
// when something that they import, read or list changes.
function watchInputs(): void {
  for (const folder of ["lib", "data"]) {
    watch(folder, {recursive: true}, () => {
      for (const name of listExperiments()) touch(`${loaders}/${name}.zip.ts`);
    });
  }
  watch(loaders, () => {
    if (listExperiments().join() !== experiments.join()) touch("observablehq.config.ts");
  });
}

function touch(path: string): void {
  const now = new Date();
  utimesSync(path, now, now);
}

// Of markdown-it only what is used here; Framework ships no types.
type Render = (tokens: unknown[], index: number, options: unknown, context: {path: string}, self: unknown) => string;
interface Markdown {
  renderer: {rules: Record<string, Render>};
  core: {ruler: {before(name: string, rule: string, run: (state: {src: string}) => void): void}};
}

// During build, Framework renders a syntax error into the page and succeeds; here the build stops.
function refuseSyntaxErrors(markdown: Markdown): void {
  for (const name of ["fence", "placeholder"]) {
    const render = markdown.renderer.rules[name]!;
    markdown.renderer.rules[name] = (tokens, index, options, context, self) => {
      const html = render(tokens, index, options, context, self);
      const error = /observablehq--error"[^>]*>(SyntaxError: [^<]*)/.exec(html);
      if (error && process.argv.includes("build")) throw new Error(`${context.path}: ${error[1]}`);
      return html;
    };
  }
}

// Framework wants each attached file spelled out: a page’s FileAttachment("experiments/*/FILE") becomes a list with one
// attachment for every experiment, each with the member that is asked of it.
function expandAttachments(markdown: Markdown): void {
  markdown.core.ruler.before("normalize", "experiments", (state) => {
    state.src = state.src.replace(
      /FileAttachment\("experiments\/\*\/([\w.]+)"\)(\.\w+)?/g,
      (_, file: string, member = "") =>
        experiments.map((name) => `FileAttachment("experiments/${name}/${file}")${member}`).join(", ")
    );
  });
}

export default {
  title: "Eddy",
  root: "src",
  style: "style.css",
  globalStylesheets: ["observablehq:stdlib/inputs.css"],
  head: `<script>document.documentElement.lang = "en"</script><link rel="icon" href="/icon.svg" type="image/svg+xml"><link rel="stylesheet" href="/packages.css"><meta name="color-scheme" content="light dark">`,
  header: "",
  footer: "",
  search: true,
  pager: false,
  pages: [
    {
      name: "Experiments",
      open: true,
      collapsible: false,
      pages: experiments.map((name) => ({name, path: `/${name}/`}))
    },
    {name: "Your logs", path: "/bring"},
    {name: "Live", path: "/live"},
    {name: "Compare", path: "/compare"},
    {name: "Methods", path: "/methods"}
  ],
  dynamicPaths: [
    "/.nojekyll",
    // Tells the page for live traffic that this is no server of such; a server that is answers itself.
    "/api/state",
    ...experiments.flatMap((name) => [`/${name}/`, `/${name}/map`, `/${name}/without-labels`])
  ],
  markdownIt(markdown: Markdown) {
    refuseSyntaxErrors(markdown);
    expandAttachments(markdown);
    return markdown;
  }
};
