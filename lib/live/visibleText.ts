/**
 * A text as one line that shows what it holds: control characters, those that turn the direction of writing or have no width,
 * line separators and halves of pairs stand as `\x1b`, `\u202e` or `\u{e0001}`. At most `most` UTF-16 units; a long end is cut.
 */
export function visibleText(text: string, most = 200): string {
  const visible = text.slice(0, most + 1).replace(hidden, escaped);
  if (visible.length <= most) return visible;
  const kept = visible.slice(0, most - 1);
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

function escaped(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  if (code.length <= 2) return `\\x${code.padStart(2, "0")}`;
  return code.length <= 4 ? `\\u${code.padStart(4, "0")}` : `\\u{${code}}`;
}
