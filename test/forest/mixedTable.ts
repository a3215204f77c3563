import type {Features} from "../../lib/forest/features.js";

/** Sixty rows of numbers, with gaps and without, and of categories with gaps. */
export const mixed: Features = {
  x: Float64Array.from({length: 60}, (_, i) => (i % 7 === 0 ? Number.NaN : (i * 37) % 23)),
  y: Float64Array.from({length: 60}, (_, i) => (i * i) % 17),
  browser: {
    codes: Int32Array.from({length: 60}, (_, i) => (i % 5) - 1),
    values: ["chrome", "firefox", "safari", "edge"]
  }
};
