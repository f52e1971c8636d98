/** Counts the messages that Millrace nodes have taken and not yet finished, so that a stop can wait for them. */
let count = 0;
const waiting = new Set<() => void>();

export function enter(): void {
  count++;
}

export function leave(): void {
  count--;
  if (count > 0) return;
  for (const resolve of waiting) resolve();
  waiting.clear();
}

/** How many messages Millrace nodes are working on. */
export const inFlight = (): number => count;

/** Resolves when no Millrace node works on a message. */
export function idle(): Promise<void> {
  return count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.add(resolve));
}
