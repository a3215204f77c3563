/**
 * Settles when the element is in view, or nearly. Unlike the built-in visibility it asks for an element: the place of a
 * cell that displays nothing has no size, and may never be seen.
 */
export function seen(element: Element): Promise<void> {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({isIntersecting}) => isIntersecting)) return;
        observer.disconnect();
        resolve();
      },
      {rootMargin: "200px"}
    );
    observer.observe(element);
  });
}
