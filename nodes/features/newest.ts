/** The newest window, for whoever looks at the dialog: a reference, not a copy, so that it costs the stream nothing. */
export interface Seen {
  /** As it came, good or not. */
  readonly window: unknown;
  /** Samples a second, as the recipe has it that is in use. */
  readonly rate: number | undefined;
  /** ms since it came. */
  readonly age: number;
  /** ms from the start of the window before to its own; nothing where only one has come. */
  readonly every?: number;
}

interface Newest {
  keep(window: unknown): void;
  seen(rate: number | undefined): Seen | undefined;
}

export function createNewest(clock: { now(): number }): Newest {
  let newest: { readonly window: unknown; readonly at: number } | undefined;
  let before: unknown;
  return {
    keep(window) {
      before = newest?.window;
      newest = { window, at: clock.now() };
    },
    seen(rate) {
      if (!newest) return undefined;
      const every = startOf(newest.window) - startOf(before);
      return { window: newest.window, rate, age: clock.now() - newest.at, ...(every > 0 && { every }) };
    },
  };
}

const startOf = (window: unknown): number =>
  typeof window === 'object' && window !== null && 'start' in window ? Number(window.start) : NaN;
