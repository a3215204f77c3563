import {mkdirSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {crc32, deflateSync} from "node:zlib";
import {randomSource} from "../../lib/random.js";

const topics = ["bread", "cheese", "coffee", "fruit", "garden", "honey", "soup", "tea"];
const pagesATopic = 11;
const origin = "http://www.lab.test";

/**
 * Writes a small website into a folder: a home page, eight topics of eleven articles each, a few pages beside them,
 * styles, scripts, pictures, downloads, a feed, a sitemap and robots.txt. A few links and pictures are dead, as on any
 * site. The same bytes each time. Returns the paths of its pages.
 */
export function writeSite(folder: string): string[] {
  const random = randomSource(20);
  const write = (path: string, content: string | Uint8Array) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(file, content);
  };
  const articles = topics.flatMap((topic) =>
    Array.from({length: pagesATopic}, (_, i) => ({topic, path: `/${topic}/${i + 1}.html`, title: title(topic, random)}))
  );
  const some = (count: number): Link[] =>
    Array.from({length: count}, () => articles[Math.floor(random() * articles.length)]!);

  for (const {topic, path, title} of articles) {
    const pictures = Array.from({length: 2 + Math.floor(random() * 4)}, () => picturePath(Math.floor(random() * 40)));
    const links = some(7);
    if (random() < 0.08) links[3] = {...links[3]!, path: links[3]!.path.replace(".html", "-old.html")};
    if (random() < 0.04) pictures.push("/images/lost.png");
    write(path, page(title, [...pictures.map(figure), ...paragraphs(random, 6)].join("\n"), links, topic));
  }
  for (const topic of topics) {
    const own = articles.filter((d) => d.topic === topic);
    write(`/${topic}/index.html`, page(`All about ${topic}`, figure(picturePath(topics.indexOf(topic))), own, topic));
  }
  write("/index.html", page("The larder", [0, 1, 2, 3, 4].map((i) => figure(picturePath(i))).join("\n"), some(12)));
  write("/about.html", page("About us", paragraphs(random, 5).join("\n"), some(3)));
  write("/contact.html", page("Contact", paragraphs(random, 2).join("\n"), some(2)));
  write("/login.html", page("Log in", loginForm, []));
  const files = ["catalogue.pdf", "recipes.zip", "prices.csv", "poster.pdf"];
  write(
    "/downloads.html",
    page("Downloads", files.map((d) => `<p><a href="/files/${d}">${d}</a></p>`).join("\n"), some(2))
  );
  for (const [i, file] of files.entries()) write(`/files/${file}`, noise(random, 60_000 + 90_000 * i));

  write("/assets/style.css", styles + "\n".repeat(3) + styles.replaceAll("#", "#a").repeat(12));
  write("/assets/print.css", styles);
  write("/assets/menu.js", script + `// ${"-".repeat(9000)}\n`);
  write("/assets/related.js", relatedScript);
  write("/favicon.ico", picture(random, 16));
  for (let i = 0; i < 40; ++i) write(picturePath(i), picture(random, 40 + Math.floor(random() * 90)));

  const pages = ["/", ...topics.map((d) => `/${d}/`), "/about.html", "/contact.html", "/downloads.html"];
  pages.push(...articles.map((d) => d.path));
  write("/robots.txt", `User-agent: *\nDisallow: /account\nDisallow: /search\nSitemap: ${origin}/sitemap.xml\n`);
  write(
    "/sitemap.xml",
    `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${pages
      .map((d) => `<url><loc>${origin}${d}</loc></url>`)
      .join("\n")}\n</urlset>\n`
  );
  write(
    "/feed.xml",
    `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>The larder</title>` +
      `<link>${origin}/</link><description>News</description>\n${some(15)
        .map((d) => `<item><title>${d.title}</title><link>${origin}${d.path}</link><guid>${d.path}</guid></item>`)
        .join("\n")}\n</channel></rss>\n`
  );
  return pages;
}

interface Link {
  path: string;
  title: string;
}

function page(title: string, body: string, links: Link[], topic?: string): string {
  const menu = topics.map((d) => `<a href="/${d}/">${d}</a>`).join(" ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="stylesheet" href="/assets/style.css"><link rel="stylesheet" media="print" href="/assets/print.css">
<link rel="alternate" type="application/rss+xml" href="/feed.xml"><link rel="icon" href="/favicon.ico">
<script src="/assets/menu.js" defer></script>${topic ? '\n<script src="/assets/related.js" defer></script>' : ""}
</head>
<body>
<nav><a href="/">Home</a> ${menu} <a href="/login.html">Log in</a></nav>
<form action="/search"><input name="q" placeholder="Search"><button>Search</button></form>
<main>
<h1>${title}</h1>
${body}
<ul>${links.map((d) => `<li><a href="${d.path}">${d.title}</a></li>`).join("\n")}</ul>
</main>
<footer>
<a href="/about.html">About</a> <a href="/contact.html">Contact</a> <a href="/downloads.html">Downloads</a>
</footer>
</body>
</html>
`;
}

const loginForm = `<form method="post" action="/login">
<input name="user"><input name="password" type="password"><button id="enter">Log in</button>
</form>`;

const styles =
  "body {max-width: 40em; margin: auto; font: 18px/1.5 serif; color: #333}\nimg {display: block; width: 100%}\n";
const script = 'document.querySelector("nav").classList.add("ready");\n';
const relatedScript = `const list = document.querySelector("main ul");
fetch("/api/related?path=" + encodeURIComponent(location.pathname))
  .then((response) => response.json())
  .then((related) => related.map((d) => '<li><a href="' + d + '">' + d + "</a></li>").join(""))
  .then((items) => list.insertAdjacentHTML("beforeend", items));
`;

function picturePath(i: number): string {
  return `/images/${String(i + 1).padStart(2, "0")}.png`;
}

function figure(path: string): string {
  return `<figure><img src="${path}" alt="" loading="lazy" height="300"></figure>`;
}

function title(topic: string, random: () => number): string {
  return `${sentence(random, 3 + Math.floor(random() * 4)).slice(0, -1)} of ${topic}`;
}

function paragraphs(random: () => number, count: number): string[] {
  return Array.from({length: count}, () => `<p>${Array.from({length: 5}, () => sentence(random, 12)).join(" ")}</p>`);
}

const words = "a good morning begins with the old kitchen and what grew near stone walls in late summer we keep".split(
  " "
);

function sentence(random: () => number, count: number): string {
  const text = Array.from({length: count}, () => words[Math.floor(random() * words.length)]).join(" ");
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

function noise(random: () => number, length: number): Uint8Array {
  return Uint8Array.from({length}, () => Math.floor(random() * 256));
}

/** A square PNG of grey noise, about side² bytes. */
function picture(random: () => number, side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 8;
  const rows = Buffer.from(noise(random, side * (side + 1)).map((d, i) => (i % (side + 1) ? d : 0)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0))
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
