import {type ForestChoice, formatChoice, type OwnForest, parseChoice} from "../lib/forest/forestChoice.js";

/** The forest that the reader last chose for an experiment: from the address, otherwise from this tab’s session. */
export function rememberedChoice(experiment: string, own: OwnForest) {
  const key = `eddy/${experiment}/forest`;
  const names = ["forest", "without"];
  let later = 0;
  const remember = (choice: ForestChoice) => {
    const query = formatChoice(choice);
    const address = new URL(location.href);
    for (const name of names) address.searchParams.delete(name);
    for (const [name, value] of query) address.searchParams.append(name, value);
    if (query.size === 0) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, `${query}`);
    history.replaceState(history.state, "", address);
  };
  return {
    read(): ForestChoice | null {
      const address = new URLSearchParams(location.search);
      const isTold = names.some((name) => address.has(name));
      return parseChoice(isTold ? address : new URLSearchParams(sessionStorage.getItem(key) ?? ""), own);
    },
    /** Soon rather than at once: browsers refuse to change the address as often as a slider moves. */
    write(choice: ForestChoice): void {
      clearTimeout(later);
      later = window.setTimeout(remember, 150, choice);
    }
  };
}
