const edits = new Map<string, (query: URLSearchParams) => void>();
let timer = 0;

/**
 * Keeps a choice in the address: `edit` changes its query soon, rather than at once, as browsers refuse to change the
 * address as often as a slider moves. Of several edits of one choice the last counts.
 */
export function rememberInAddress(choice: string, edit: (query: URLSearchParams) => void): void {
  edits.set(choice, edit);
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    const address = new URL(location.href);
    for (const change of edits.values()) change(address.searchParams);
    edits.clear();
    history.replaceState(history.state, "", address);
  }, 150);
}

/** Sets a parameter of a query, or takes it out. */
export function setParameter(query: URLSearchParams, name: string, text: string | null): void {
  if (text === null) query.delete(name);
  else query.set(name, text);
}
