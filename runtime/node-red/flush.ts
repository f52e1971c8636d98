const flushes = new Set<() => unknown>();

/** A node that holds messages back says how it sends them. @returns a function that takes that back */
export function offerFlush(flush: () => unknown): () => void {
  flushes.add(flush);
  return () => void flushes.delete(flush);
}

/** Before the process stops, while every node still works: each sends what it holds back. */
export async function flushNodes(): Promise<void> {
  await Promise.allSettled([...flushes].map(async (flush) => flush()));
}
