import type { MillraceError } from '../base/index.ts';

/** Hands each warning to one listener; what comes before anybody listens waits. */
export function createWarnings() {
  const listeners = new Set<(warning: MillraceError) => void>();
  const waiting: MillraceError[] = [];
  const flush = () => {
    const [listener] = listeners;
    if (!listener) return;
    for (const warning of waiting.splice(0)) listener(warning);
  };
  return {
    add(warning: MillraceError): void {
      waiting.push(warning);
      flush();
    },
    /** @returns a function that ends the listening */
    listen(listener: (warning: MillraceError) => void): () => void {
      listeners.add(listener);
      flush();
      return () => void listeners.delete(listener);
    },
  };
}
