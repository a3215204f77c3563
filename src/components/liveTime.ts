import {formatCount, formatCounted} from "./format.js";

const day = 86_400_000;

/** A moment in UTC as hours, minutes and seconds, with its date where that is not the date of `now`: 14:02:31. */
export function formatMoment(time: number, now: number): string {
  if (!(Math.abs(time) <= farthest)) return "–";
  const text = new Date(time).toISOString();
  const clock = text.slice(11, 19);
  return Math.floor(time / day) === Math.floor(now / day) ? clock : `${text.slice(0, 10)} ${clock}`;
}

/** A length of time in the unit that suits it: 4 s, 12 min, 3 h, 2 days. */
export function formatSpan(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : formatCounted(Math.round(hours / 24), "day");
}

/** A number of bytes in the unit that suits it: 512 bytes, 12 kB, 3.4 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return formatCounted(bytes, "byte");
  if (bytes < 1e6) return `${formatCount(Math.round(bytes / 1000))} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

// Beyond it there is no date.
const farthest = 8.64e15;
