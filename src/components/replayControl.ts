import {html} from "htl";
import type {LiveListener} from "./liveFeed.js";
import {LiveReplay, type Recording} from "./liveReplay.js";
import {formatMoment, formatSpan} from "./liveTime.js";
import {say} from "./liveTurns.js";

/**
 * Plays a recording to the listener, says plainly that it is one, and lets the reader choose the speed, pause and begin
 * again. For a reader who wants little motion it begins at its end, at rest. It ends with the cell.
 */
export function replayControl(recording: Recording, listener: LiveListener, invalidation: Promise<void>): HTMLElement {
  const replay = new LiveReplay(recording);
  const speed =
    html`<select aria-label="Speed of the replay">${speeds.map((times) => html`<option value=${times}>${times} × as fast</option>`)}</select>` as HTMLSelectElement;
  speed.value = `${usual}`;
  const pause = html`<button type="button"></button>` as HTMLButtonElement;
  const again = html`<button type="button">From the beginning</button>` as HTMLButtonElement;
  const progress =
    html`<progress max="1" value="0" aria-label="How far the replay is"></progress>` as HTMLProgressElement;
  const words = html`<span class="number"></span>`;
  let isPlaying = false;
  let last: number | null = null;
  let frame = 0;

  const show = () => {
    say(pause, replay.hasEnded ? "Play again" : isPlaying ? "Pause" : "Play");
    progress.value = replay.to > replay.from ? (replay.clock - replay.from) / (replay.to - replay.from) : 1;
    say(
      words,
      replay.hasEnded
        ? `The recording has ended at ${formatMoment(replay.to, replay.to)}`
        : formatMoment(replay.clock, replay.to)
    );
  };
  const advance = (milliseconds: number) => {
    const {state, events} = replay.advance(milliseconds);
    if (events.length > 0) listener.events(events);
    if (state !== null) listener.state(state);
    show();
  };
  // What passes while nobody looks at the page does not count.
  const step = (now: number) => {
    if (!isPlaying) return;
    advance(Math.min(longestStep, last === null ? 0 : now - last) * Number(speed.value));
    last = now;
    if (replay.hasEnded) isPlaying = false;
    show();
    if (isPlaying) frame = requestAnimationFrame(step);
  };
  const play = () => {
    cancelAnimationFrame(frame);
    isPlaying = true;
    last = null;
    frame = requestAnimationFrame(step);
    show();
  };
  const restart = () => {
    replay.restart();
    listener.reset();
    play();
  };
  pause.addEventListener("click", () => {
    if (replay.hasEnded) restart();
    else if (isPlaying) {
      isPlaying = false;
      show();
    } else play();
  });
  again.addEventListener("click", restart);
  void invalidation.then(() => {
    isPlaying = false;
    cancelAnimationFrame(frame);
  });

  listener.reset();
  listener.connection({status: "replay", reason: null, since: Date.now()});
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) advance(Number.POSITIVE_INFINITY);
  else play();
  const {title, file, learned = ""} = recording.about;
  return html`<div class="live-replay">
    <p><strong>A replay of a recording, not live traffic.</strong> ${title} (${formatSpan(replay.to - replay.from)} from <code>${file}</code>), watched when this site was built. ${learned}</p>
    <div class="live-replay-tools">${pause}${again}${speed}${progress}${words}</div>
    <p class="small">To watch your own log: <code>npm run --silent eddy -- live --tail access.log</code></p>
  </div>`;
}

const speeds = [1, 10, 30, 120];
const usual = 30;
const longestStep = 250;
