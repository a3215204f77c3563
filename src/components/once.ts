/** A function that does its work when first called, and gives the same result ever after. */
export function once<T>(work: () => T): () => T {
  let result: {readonly value: T} | undefined;
  return () => {
    result ??= {value: work()};
    return result.value;
  };
}
