/** Settles when the browser has drawn what is on the page so far, or soon in a tab that nobody sees. */
export function afterPaint(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 250);
  });
}
