import type { Season } from '../schema.ts';

const DAY = 86_400_000;
/** Fewer rows of a part of the day say nothing of it. */
const ENOUGH = 5;

/** What is usual at a time of the day, of one feature: as a distance from what is usual over the whole day. */
export interface SeasonProfile {
  /** To be taken off a value of this time. */
  at(time: number): number;
  /** The reference without its season. */
  readonly adjusted: Float64Array;
  /** The same, each day without what that day itself has added to the profile: what chunks are taken from. */
  readonly heldOut: Float64Array;
}

/** Where a time lies in the day, in parts: by the machine's own time zone, because shifts are. */
function partOf(time: number, season: Season): number {
  const date = new Date(time);
  const hour = date.getHours() + date.getMinutes() / 60 + date.getSeconds() / 3600;
  // Early, late and night shift.
  return season === 'shift' ? Math.floor(((hour + 18) % 24) / 8) : hour;
}

const partsOf = (season: Season) => (season === 'shift' ? 3 : 24);

/** Whether a reference shows a season at all: at least two days of it. */
export function hasSeason(times: Float64Array | undefined, season: Season): times is Float64Array {
  if (season === 'none' || !times || times.length === 0) return false;
  const days = new Set<number>();
  for (const time of times) if (Number.isFinite(time)) days.add(Math.floor(time / DAY));
  return days.size >= 2 && (times.at(-1) ?? 0) - (times[0] ?? 0) >= 1.5 * DAY;
}

/**
 * The mean of each part of the day, straight between the middles of hours, in steps between shifts. A part of which the
 * reference has shown next to nothing is taken as usual.
 */
export function seasonProfile(values: Float64Array, times: Float64Array, season: Season): SeasonProfile {
  const parts = partsOf(season);
  const sums = new Map<number, { sum: Float64Array; count: Float64Array }>();
  const all = { sum: new Float64Array(parts), count: new Float64Array(parts) };
  const parted = Float64Array.from(times, (time) => (Number.isFinite(time) ? partOf(time, season) : NaN));
  const dayOf = (index: number) => Math.floor((times[index] as number) / DAY);
  values.forEach((value, i) => {
    const part = Math.floor(parted[i] as number);
    if (!(value === value) || !(part === part)) return;
    const day = dayOf(i);
    let own = sums.get(day);
    if (!own) sums.set(day, (own = { sum: new Float64Array(parts), count: new Float64Array(parts) }));
    for (const each of [own, all]) {
      each.sum[part] = (each.sum[part] as number) + value;
      each.count[part] = (each.count[part] as number) + 1;
    }
  });
  const total =
    all.sum.reduce((a, b) => a + b, 0) /
    Math.max(
      1,
      all.count.reduce((a, b) => a + b, 0),
    );
  const profileWithout = (own?: { sum: Float64Array; count: Float64Array }) =>
    Float64Array.from({ length: parts }, (_, part) => {
      const count = (all.count[part] as number) - (own?.count[part] ?? 0);
      return count < ENOUGH ? 0 : ((all.sum[part] as number) - (own?.sum[part] ?? 0)) / count - total;
    });
  const whole = profileWithout();
  const read = (profile: Float64Array, part: number): number => {
    if (!(part === part)) return 0;
    if (season === 'shift') return profile[part] ?? 0;
    const from = part - 0.5;
    const low = Math.floor(from);
    const share = from - low;
    return (profile[(low + parts) % parts] ?? 0) * (1 - share) + (profile[(low + 1) % parts] ?? 0) * share;
  };
  const others = new Map([...sums].map(([day, own]) => [day, profileWithout(own)]));
  return {
    at: (time) => read(whole, partOf(time, season)),
    adjusted: values.map((value, i) => value - read(whole, parted[i] as number)),
    heldOut: values.map((value, i) => value - read(others.get(dayOf(i)) ?? whole, parted[i] as number)),
  };
}
