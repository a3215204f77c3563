import {readFileSync, writeFileSync} from "node:fs";
import type {Client} from "./client.js";

/** Writes some words of one of dirb’s lists and returns the file. */
export function wordList(me: Client, list: string, count: number): string {
  const words = readFileSync(`/usr/share/dirb/wordlists/${list}.txt`, "latin1").split("\n").filter(Boolean);
  return writeList(me, "words", me.shuffled(words).slice(0, count));
}

/** Writes some common passwords, with usual endings, and returns the file. */
export function passwordList(me: Client, count: number): string {
  const endings = ["", "1", "12", "123", "2024", "!", "99"];
  const all = endings.flatMap((ending) => commonPasswords.map((d) => d + ending));
  return writeList(me, "passwords", me.shuffled(all).slice(0, count));
}

function writeList(me: Client, name: string, lines: string[]): string {
  const file = `${me.home}/${name}`;
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}

/** Passwords that many people choose. */
export const commonPasswords = (
  "password 123456 qwerty letmein welcome admin dragon monkey football sunshine princess master shadow login " +
  "starwars hello freedom whatever trustno1 summer winter autumn secret changeme iloveyou batman"
).split(" ");
