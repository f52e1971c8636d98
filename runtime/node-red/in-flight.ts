/** Counts the messages that Millrace nodes have taken and not yet finished, so that a stop can wait for them. */
let count = 0;
const waiting = new Set<() => void>();
const waitingForRelief = new Set<() => void>();

export function enter(): void {
  count++;
}

export function leave(): void {
  count--;
  if (count <= ENOUGH) release(waitingForRelief);
  if (count === 0) release(waiting);
}

/** A source that can wait does so while more than this are in hand: enough to keep workers busy, far below their queues. */
const ENOUGH = 64;

/** Resolves after a turn of the event loop, once few enough messages are in hand. */
export async function relieved(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  while (count > ENOUGH) await new Promise<void>((resolve) => waitingForRelief.add(resolve));
}

function release(waiters: Set<() => void>): void {
  if (waiters.size === 0) return;
  const resolves = [...waiters];
  waiters.clear();
  for (const resolve of resolves) resolve();
}

/** How many messages Millrace nodes are working on. */
export const inFlight = (): number => count;

/** Resolves when no Millrace node works on a message. */
export function idle(): Promise<void> {
  return count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.add(resolve));
}
