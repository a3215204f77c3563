/**
 * A request to draw soon: in the next animation frame, at most once in so many milliseconds, however often it is asked.
 * In a tab that nobody sees it waits until somebody does.
 */
export function drawSoon(draw: () => void, every = 0): () => void {
  let isAsked = false;
  let last = Number.NEGATIVE_INFINITY;
  const begin = () =>
    requestAnimationFrame(() => {
      isAsked = false;
      last = performance.now();
      draw();
    });
  return () => {
    if (isAsked) return;
    isAsked = true;
    const rest = last + every - performance.now();
    if (rest > 0) setTimeout(begin, rest);
    else begin();
  };
}

/** Sets the text of an element, and leaves the page alone where it is the same. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
