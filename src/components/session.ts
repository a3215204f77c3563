/** A text that the tab’s session holds; null without one, and where the browser blocks storage. */
export function readSession(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Holds a text in the tab’s session, or forgets it, as far as the browser allows. */
export function writeSession(key: string, text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    // blocked or full; the address still says it
  }
}
