/**
 * A value as a line of JSON that may be printed to a terminal: control characters of all kinds stand in it as `\u009b`. Without
 * the line’s end.
 */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(/[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
}

function escaped(character: string): string {
  let text = "";
  for (let i = 0; i < character.length; ++i) text += `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`;
  return text;
}
