export interface GridOptions {
  /** Seconds between two steps. */
  readonly step: number;
  /** Seconds after which nothing is felt any more of how things were. */
  readonly memory: number;
  /** Works out the state at `seconds` from the one a step before. */
  readonly advance: (seconds: number) => void;
}

/** Nobody read for so many memories: what happened meanwhile is no longer worked out in full. */
const LONGEST_CATCH_UP = 3;

/** Advances what moves slowly on a grid of its own, so that how often a world is read changes nothing. */
export function createGrid({ step, memory, advance }: GridOptions) {
  let steps = 0;
  return {
    /**
     * Goes on until the grid is at this time or a step beyond.
     *
     * @returns how much of the last step lies before this time, 0 to 1
     */
    to(seconds: number): number {
      if (seconds - steps * step > LONGEST_CATCH_UP * memory) steps = Math.floor((seconds - memory) / step);
      while (steps * step < seconds - 1e-9) advance(++steps * step);
      return Math.min(1, Math.max(0, 1 - (steps * step - seconds) / step));
    },
  };
}
