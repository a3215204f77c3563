/**
 * A copy of plain data that shares nothing with it. Typed arrays that were read from a file are views of all that was read,
 * which they would keep in memory, and which would be sent to a thread with each of them.
 */
export function copyOf<T>(data: T): T {
  if (typeof data !== "object" || data === null) return data;
  if (data instanceof ArrayBuffer) return data.slice(0) as T;
  if (ArrayBuffer.isView(data)) return (data as unknown as Float64Array).slice() as T;
  if (Array.isArray(data)) return data.map(copyOf) as T;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, copyOf(value)])) as T;
}
