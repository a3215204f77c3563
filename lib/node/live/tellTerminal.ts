import {alertSentence} from "../../live/alertSentence.js";
import type {LiveState} from "../../live/liveState.js";
import {visibleText} from "../../live/visibleText.js";
import type {AlertEvents} from "./alertEvents.js";

/**
 * Says on the standard error what happens: alerts as they are raised with the time of the traffic, models as they change, and
 * faults as they come and go. Returns what ends that, after a last look.
 */
export function tellTerminal(events: AlertEvents, state: () => LiveState): () => void {
  let phase = "";
  let generation = 0;
  let threshold: number | null = null;
  let faults: readonly string[] = [];
  const look = () => {
    const {rows, model, faults: now} = state();
    if (model.phase !== phase && model.phase === "warming up") {
      const ended = rows === "sessions" ? ", counted as they end" : "";
      say(`learning: ${model.needed} ${rows}${ended}, are needed before anything is judged`);
    }
    if (model.phase === "watching" && (model.generation !== generation || phase !== "watching")) {
      const before = threshold === null ? "" : ` (before: ${threshold.toFixed(3)})`;
      say(`model ${model.generation}: ${model.rule}, threshold ${model.threshold?.toFixed(3)}${before}`);
    }
    ({phase, generation, threshold} = model);
    const told = now.map(({where, what}) => `${where}: ${what}`);
    for (const fault of told) if (!faults.includes(fault)) say(fault);
    for (const fault of faults) if (!told.includes(fault)) say(`${fault}: over`);
    faults = told;
  };
  const unsubscribe = events.subscribe(({what, alert}) => {
    if (what !== "raised") return;
    if (alert.model !== generation) look();
    say(`${new Date(alert.raised).toISOString().slice(0, 19).replace("T", " ")} ${alertSentence(alert)}`);
  });
  const timer = setInterval(look, 1000);
  return () => {
    unsubscribe();
    clearInterval(timer);
    look();
  };
}

/** Says a line on the standard error. Names of files and words of others may hold what a terminal would obey. */
export function say(message: string): void {
  process.stderr.write(`${visibleText(message, 2000)}\n`);
}
