/**
 * A fault of the input, not of Eddy: its message names the file and, where there is one, the line. It is shown without a
 * stack and stays on one line whatever the input holds: control characters become spaces, and a long end is cut.
 */
export class InputError extends Error {
  override name = "InputError";
  constructor(message: string) {
    super(cut(message.replace(/[\p{Cc}\u2028\u2029]/gu, " ")));
    this.stack = this.message;
  }
}

const mostCharacters = 400;

function cut(text: string): string {
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters - 1)}…` : text;
}
