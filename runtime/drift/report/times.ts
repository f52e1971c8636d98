/** Moments as they are written in a time zone, and where the marks of a time axis stand. */
export interface Times {
  /** `Europe/Berlin` */
  readonly zone: string;
  /** `14:05` */
  clock(time: number): string;
  /** `21 Nov` */
  day(time: number): string;
  /** `21 Nov 2026, 14:05` */
  full(time: number): string;
  /** `14:05`, or with the day where that is another than that of `now`. */
  since(time: number, now: number): string;
  /** Round moments within a span, ascending, with what is written below each. */
  marks(from: number, to: number, most: number): { readonly time: number; readonly label: string }[];
}

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((n) => n * DAY),
];
/** What a Date can hold, ms. */
const FURTHEST = 8.64e15;
const held = (time: number) => (Number.isFinite(time) ? Math.min(FURTHEST, Math.max(-FURTHEST, time)) : 0);

/** @param zone an IANA name; the machine's own where it is left out or unknown */
export function timesIn(zone?: string): Times {
  const timeZone = known(zone);
  const write = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
    return (time: number) => format.format(held(time));
  };
  const clock = write({ hour: '2-digit', minute: '2-digit' });
  const seconds = write({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const day = write({ day: 'numeric', month: 'short' });
  const date = write({ day: 'numeric', month: 'short', year: 'numeric' });
  const full = (time: number) => `${date(time)}, ${clock(time)}`;
  const offset = offsetIn(timeZone);

  return {
    zone: timeZone,
    clock,
    day,
    full,
    since: (time, now) => (date(time) === date(now) ? clock(time) : full(time)),
    marks(from, to, most) {
      const span = to - from;
      if (!(span > 0) || !Number.isFinite(span) || most < 1) return [];
      const step = STEPS.find((each) => span / each <= most) ?? Math.ceil(span / most / (364 * DAY)) * 364 * DAY;
      const label = step >= DAY ? day : step < MINUTE ? seconds : clock;
      const marks: { time: number; label: string }[] = [];
      // Round in local time: midnight and the full hours are where people look for them.
      const shift = offset(from);
      for (let local = Math.ceil((from + shift) / step) * step; local - shift <= to + HOUR; local += step) {
        const time = local - offset(local - shift);
        const last = marks.at(-1);
        if (time < from || time > to || (last && time <= last.time)) continue;
        const midnight = step < DAY && local % DAY === 0;
        marks.push({ time, label: midnight ? day(time) : label(time) });
      }
      return marks;
    },
  };
}

function known(zone: string | undefined): string {
  const own = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone === undefined || zone === '') return own();
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return own();
  }
}

/** How far a zone's clocks are ahead of UTC, ms. */
function offsetIn(timeZone: string): (time: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  return (time) => {
    const whole = Math.floor(held(time) / SECOND) * SECOND;
    const parts = Object.fromEntries(format.formatToParts(whole).map(({ type, value }) => [type, Number(value)]));
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
  };
}
