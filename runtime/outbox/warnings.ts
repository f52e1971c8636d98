import type { MillraceError } from '../base/index.ts';

interface Warning {
  readonly error: MillraceError;
  /** Whose it is; none: the whole store's. */
  readonly destination: string | undefined;
}

interface Listener {
  readonly tell: (error: MillraceError) => void;
  /** Hears of this destination and of the store; none: of everything. */
  readonly destination: string | undefined;
}

/** Hands each warning to one listener that it concerns; what comes before such a one listens waits. */
export function createWarnings() {
  const listeners = new Set<Listener>();
  let waiting: Warning[] = [];
  const concerns = (listener: Listener, { destination }: Warning) =>
    listener.destination === undefined || destination === undefined || listener.destination === destination;
  const flush = () => {
    const due = waiting;
    waiting = [];
    for (const warning of due) {
      const listener = [...listeners].find((each) => concerns(each, warning));
      if (listener) listener.tell(warning.error);
      else waiting.push(warning);
    }
  };
  return {
    add(error: MillraceError, destination?: string): void {
      waiting.push({ error, destination });
      flush();
    },
    /** What waits to be said of a destination is no longer true. */
    withdraw(destination: string): void {
      waiting = waiting.filter((warning) => warning.destination !== destination);
    },
    /** @returns a function that ends the listening */
    listen(tell: (error: MillraceError) => void, destination?: string): () => void {
      const listener = { tell, destination };
      listeners.add(listener);
      flush();
      return () => void listeners.delete(listener);
    },
  };
}
