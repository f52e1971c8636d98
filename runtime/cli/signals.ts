import { constants } from 'node:os';
import type { Clock } from '../base/index.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * A terminal sends Ctrl-C to the whole group, and npm passes it on once more: what comes this soon (ms) after the first
 * is the same key.
 */
const SAME_KEY = 500;

/** Resolves at the first signal to stop. A later one ends the process, as a shell expects: 128 + the signal's number. */
export function waitForSignal(clock: Clock): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let first: number | undefined;
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        first ??= clock.monotonic();
        if (clock.monotonic() - first > SAME_KEY) process.exit(128 + constants.signals[signal]);
        resolve(signal);
      });
    }
  });
}

/** Aborted at the first signal to stop: ends what runs, and what that has started. */
export function stopOnSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of SIGNALS) {
    process.once(signal, () => controller.abort(new Error(`stopped by ${signal}`)));
  }
  return controller.signal;
}
