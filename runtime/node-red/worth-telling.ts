import type { Clock } from '../base/index.ts';

/** The same error is told again on the console and in the sidebar at most once in this time, ms. */
const RETOLD = 1_000;
/** Errors of one node that differ are told at most so many times in that time. */
const TOLD = 5;

/** Decides, for one node, whether an error is news: a stream of messages must not flood a log or a browser. Bounded. */
export function worthTelling(clock: Clock): (error: { readonly code: string; readonly message: string }) => boolean {
  let told: { readonly words: string; readonly at: number }[] = [];
  return ({ code, message }) => {
    const at = clock.monotonic();
    const words = `${code} ${message}`;
    told = told.filter((before) => at - before.at < RETOLD);
    if (told.length >= TOLD || told.some((before) => before.words === words)) return false;
    told.push({ words, at });
    return true;
  };
}
