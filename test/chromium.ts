import {spawnSync} from "node:child_process";
import {existsSync} from "node:fs";
import {createRequire} from "node:module";
import {delimiter, dirname, join} from "node:path";
import {type Browser, chromium} from "playwright-core";

/** Starts a browser that reaches nothing but this machine. */
export function launchChromium(): Promise<Browser> {
  const trusted = process.getuid?.() === 0 || Boolean(process.env.CI);
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      "--disable-background-networking",
      "--disable-gpu",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      // Chromium’s sandbox needs what root and many CI containers do not have.
      ...(trusted ? ["--no-sandbox"] : [])
    ]
  });
}

/**
 * The Chromium, or Chrome, for the browser tests: the one of CHROMIUM_PATH, Playwright’s, or the system’s. Installs one if
 * there is none.
 */
export function findChromium(): string {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen && !existsSync(chosen)) throw new Error(`CHROMIUM_PATH is not a file: ${chosen}`);
  const found = chosen || installedChromium();
  if (found) return found;
  for (const install of [installDebians, installPlaywrights]) {
    const installed = install() && installedChromium();
    if (installed) return installed;
  }
  throw new Error("no Chromium found: run npx playwright-core install chromium, or set CHROMIUM_PATH to a browser");
}

function installedChromium(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
  const ending = process.platform === "win32" ? ".exe" : "";
  const candidates = [
    chromium.executablePath(),
    ...names.flatMap((name) => folders.map((folder) => join(folder, name + ending))),
    ...usualPlaces()
  ];
  return candidates.find((path) => path && existsSync(path));
}

function usualPlaces(): string[] {
  switch (process.platform) {
    case "darwin":
      return ["Chromium", "Google Chrome"].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
    case "win32":
      return [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"], process.env.LOCALAPPDATA]
        .filter((folder) => folder !== undefined)
        .flatMap((folder) => ["Chromium", join("Google", "Chrome")].map((name) => join(folder, name)))
        .map((folder) => join(folder, "Application", "chrome.exe"));
    default:
      return ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];
  }
}

function installDebians(): boolean {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return false;
  return run("apt-get", ["update"]) && run("apt-get", ["install", "--yes", "chromium"]);
}

function installPlaywrights(): boolean {
  const playwright = join(dirname(createRequire(import.meta.url).resolve("playwright-core/package.json")), "cli.js");
  const needsPackages = process.platform === "linux" && process.getuid?.() === 0;
  return run(process.execPath, [playwright, "install", ...(needsPackages ? ["--with-deps"] : []), "chromium"]);
}

/** Messages go to stderr, so that they do not mix with what a test prints. */
function run(command: string, args: string[]): boolean {
  return spawnSync(command, args, {stdio: ["ignore", 2, 2]}).status === 0;
}
