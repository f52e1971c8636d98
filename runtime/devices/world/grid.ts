/** Seconds that nobody read after which what happened meanwhile is no longer worked out in full. */
const LONGEST_CATCH_UP = 3600;
/** What a world remembers of the past, s. */
const MEMORY = 1200;

/**
 * Advances what moves slowly on a grid of its own, so that how often a world is read changes nothing.
 *
 * @param step    seconds
 * @param advance works out the state at `seconds` from the one a step before
 */
export function createGrid(step: number, advance: (seconds: number) => void) {
  let steps = 0;
  return {
    /**
     * Goes on until the grid is at this time or a step beyond.
     *
     * @returns how much of the last step lies before this time, 0 to 1
     */
    to(seconds: number): number {
      if (seconds - steps * step > LONGEST_CATCH_UP) steps = Math.floor((seconds - MEMORY) / step);
      while (steps * step < seconds - 1e-9) advance(++steps * step);
      return Math.min(1, Math.max(0, 1 - (steps * step - seconds) / step));
    },
  };
}
