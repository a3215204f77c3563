import {type ForestChoice, formatChoice, type OwnForest, parseChoice} from "../lib/forest/forestChoice.js";
import {rememberInAddress} from "./address.js";
import {readSession, writeSession} from "./session.js";

/** The forest that the reader last chose for an experiment: from the address, otherwise from this tab’s session. */
export function rememberedChoice(experiment: string, own: OwnForest) {
  const key = `eddy/${experiment}/forest`;
  const names = ["forest", "without"];
  return {
    /** With what the address asks for in vain. */
    read(): {choice: ForestChoice; ignored: readonly string[]} {
      const address = new URLSearchParams(location.search);
      const isTold = names.some((name) => address.has(name));
      if (isTold) return parseChoice(address, own);
      return {...parseChoice(new URLSearchParams(readSession(key) ?? ""), own), ignored: []};
    },
    write(choice: ForestChoice): void {
      const chosen = formatChoice(choice);
      writeSession(key, chosen.size === 0 ? null : `${chosen}`);
      rememberInAddress("forest", (query) => {
        for (const name of names) query.delete(name);
        for (const [name, value] of chosen) query.append(name, value);
      });
    }
  };
}
