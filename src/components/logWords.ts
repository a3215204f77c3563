import {html} from "htl";
import type {LogSource} from "../lib/traffic/traffic.js";
import {ingestReport} from "./ingestReport.js";

/** What came of the lines or packets of logs, whether addresses are real ones, and whose places are shown. */
export function logWords({files, places, anonymized}: LogSource): DocumentFragment {
  return html.fragment`${ingestReport(files)}
    <p>${
      anonymized
        ? "Anonymised: addresses, users and values in paths are pseudonyms, which keep what networks have in common."
        : "Not anonymised: addresses and paths are as the logs have them."
    }${places === null ? "" : html` <a href=${places.url}>${places.attribution}</a>, ${places.licence}, by ${places.level}.`}</p>`;
}
