import {type ForestChoice, formatChoice, type OwnForest, parseChoice} from "../lib/forest/forestChoice.js";
import {readSession, writeSession} from "./session.js";

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
    writeSession(key, query.size === 0 ? null : `${query}`);
    history.replaceState(history.state, "", address);
  };
  return {
    /** With what the address asks for in vain. */
    read(): {choice: ForestChoice; ignored: readonly string[]} {
      const address = new URLSearchParams(location.search);
      const isTold = names.some((name) => address.has(name));
      if (isTold) return parseChoice(address, own);
      return {...parseChoice(new URLSearchParams(readSession(key) ?? ""), own), ignored: []};
    },
    /** Soon rather than at once: browsers refuse to change the address as often as a slider moves. */
    write(choice: ForestChoice): void {
      clearTimeout(later);
      later = window.setTimeout(remember, 150, choice);
    }
  };
}
