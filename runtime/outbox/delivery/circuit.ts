/** The first pause, the longest while the circuit is closed, ms; every pause is varied by a fifth, so that many gateways do not come at once. */
const FIRST = 250;
const LONGEST = 30_000;
const JITTER = 0.2;

/** After so many failures one after the other the circuit opens: about two minutes. */
const FAILURES = 10;

/** Pauses while it is open, ms: the first, and the longest. */
const OPEN_FIRST = 60_000;
const OPEN_LONGEST = 600_000;

/** What the destination itself asks for is believed up to this, ms. */
const ASKED_LONGEST = 3_600_000;

/**
 * Pauses between attempts: each twice the last, with jitter, until something is acknowledged. A destination that fails
 * again and again is then tried seldom, with one message on trial.
 *
 * @see Nygard, Release It! (2007): circuit breaker
 */
export function createCircuit(random: () => number = Math.random) {
  let failures = 0;
  return {
    get failures(): number {
      return failures;
    },
    /** Whether the next attempt is a trial. */
    get open(): boolean {
      return failures >= FAILURES;
    },
    /** @returns how long to wait before the next attempt, ms; no less than the destination asked for */
    failed(asked = 0): number {
      failures += 1;
      const pause =
        failures < FAILURES
          ? Math.min(FIRST * 2 ** (failures - 1), LONGEST)
          : Math.min(OPEN_FIRST * 2 ** (failures - FAILURES), OPEN_LONGEST);
      return Math.max(pause * (1 + JITTER * (2 * random() - 1)), Math.min(asked, ASKED_LONGEST));
    },
    succeeded(): void {
      failures = 0;
    },
  };
}

/** While an alarm waits it is tried no more seldom than this, ms. */
export const ALARM_PATIENCE = LONGEST;
