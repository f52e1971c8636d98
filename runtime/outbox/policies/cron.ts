import { Cron } from 'croner';

/** Times of a schedule, ms since the epoch. */
export interface Times {
  /** The first time after `now`; `Infinity` if there is none. */
  after(now: number): number;
  /** The last time at or before `now`; `-Infinity` if there is none. */
  upTo(now: number): number;
}

const FIELDS = { mode: '5-part', fixedTimeRule: 'no-wildcard' } as const;

/**
 * The times of five cron fields. Where the clocks are put forward, a time that does not exist that day is taken as soon as
 * the hour is over; where they are put back, a fixed time that comes twice is taken once.
 *
 * @param timezone an IANA name; default: the machine's own
 * @throws {TypeError} if the text is no schedule
 */
export function cronTimes(text: string, timezone?: string): Times {
  // Without a function it is never started: it only answers when.
  const cron = new Cron(text, { ...FIELDS, ...(timezone !== undefined && { timezone }) });
  return {
    after: (now) => cron.nextRun(new Date(now))?.getTime() ?? Infinity,
    // Croner looks for times before the one that it is given, in whole seconds.
    upTo: (now) => cron.previousRuns(1, new Date(now + 1_000))[0]?.getTime() ?? -Infinity,
  };
}

/** What is wrong with the text of a schedule; nothing if it is one that comes again. */
export function cronFault(text: string): string | undefined {
  if (text.trim().split(/\s+/).length !== 5) return 'five fields are needed: minute, hour, day, month, day of the week';
  try {
    return new Cron(text, FIELDS).nextRun() === null ? 'it names no time that will come' : undefined;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message.replace(/^CronPattern: /, '') : String(thrown);
  }
}
