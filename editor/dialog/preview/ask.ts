/** Asks again and again, one question at a time, for what changes by itself and with what the user does. */
export interface Asking {
  /** At once, or as soon as the answer that is awaited has come. */
  again(): void;
  stop(): void;
}

interface AskOptions<T> {
  ask(): Promise<T>;
  answered(answer: T): void;
  refused(error: unknown): void;
  /** ms from one question to the next. */
  readonly every: number;
}

export function keepAsking<T>({ ask, answered, refused, every }: AskOptions<T>): Asking {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  let wanted = false;
  let stopped = false;

  const turn = async () => {
    clearTimeout(timer);
    if (busy) {
      wanted = true;
      return;
    }
    busy = true;
    wanted = false;
    try {
      const answer = await ask();
      // What was asked before the last change is no longer true.
      if (!stopped && !wanted) answered(answer);
    } catch (error) {
      if (!stopped && !wanted) refused(error);
    }
    busy = false;
    if (!stopped) timer = setTimeout(() => void turn(), wanted ? 0 : every);
  };

  timer = setTimeout(() => void turn(), 0);
  return {
    again: () => void turn(),
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
