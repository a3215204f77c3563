import {createServer, type IncomingMessage, type Server, type ServerResponse} from "node:http";

/** The passwords that open the site. */
export const passwords = new Map([
  ["anna", "Winter-Pears-7"],
  ["bruno", "Long-Table-21"]
]);

/**
 * What is not a file on the site, on a Unix socket behind nginx: log in (303; refused, 200 from the
 * form as from many applications, 401 from the API), the account (200, or 303 to the
 * form), search, related pages as JSON, and a sink that swallows what is posted to it.
 */
export function serveApp(socket: string, pages: readonly string[]): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://lab.invalid");
    switch (url.pathname) {
      case "/login":
        return void logIn(request, response, 200);
      case "/api/login":
        return void logIn(request, response, 401);
      case "/account":
        if (!request.headers.cookie?.includes("session=")) return redirect(response, "/login.html");
        return html(
          response,
          "<h1>Your account</h1><p><a href='/'>Home</a> <a href='/downloads.html'>Downloads</a></p>"
        );
      case "/search": {
        const words = (url.searchParams.get("q") ?? "").slice(0, 200);
        const found = pages.filter((d) => words && d.includes(words.toLowerCase())).slice(0, 20);
        const links = found.map((d) => `<li><a href="${d}">${d}</a></li>`).join("");
        return html(response, `<main><h1>${found.length} pages for ${escape(words)}</h1><ul>${links}</ul></main>`);
      }
      case "/api/related": {
        const i = Math.max(0, pages.indexOf(url.searchParams.get("path") ?? ""));
        response.setHeader("content-type", "application/json");
        return void response.end(JSON.stringify([1, 5, 12].map((d) => pages[(i + d) % pages.length])));
      }
      case "/sink":
        request.resume();
        return void request.on("end", () => response.writeHead(204).end());
      default:
        response.writeHead(404).end("not found");
    }
  }).listen(socket);
}

async function logIn(request: IncomingMessage, response: ServerResponse, refusal: number): Promise<void> {
  let body = "";
  for await (const part of request.setEncoding("latin1")) if (body.length < 10_000) body += part;
  const form = new URLSearchParams(body);
  const password = passwords.get(form.get("user") ?? "");
  if (password === undefined || form.get("password") !== password) {
    response.statusCode = refusal;
    return html(response, "<h1>Wrong password</h1><p><a href='/login.html'>Try again</a></p>");
  }
  response.setHeader("set-cookie", "session=1; Path=/; HttpOnly");
  redirect(response, "/account");
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, {location}).end();
}

function html(response: ServerResponse, body: string): void {
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end(`<!doctype html><link rel="stylesheet" href="/assets/style.css">${body}`);
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
