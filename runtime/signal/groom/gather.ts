import { SINGLE_CHANNEL } from '../channels.ts';
import type { Groomed, Origin, Point } from './types.ts';

/** A value that is to be sent, and the channel that it is of. */
export interface Passed {
  readonly channel: string;
  readonly point: Point;
}

/**
 * Values as readings again: those of one instant of one message go together. A plain number stays one; of several summaries each has
 * its name, `mean` or `x_mean`.
 */
export function gather<O extends Origin>(passed: readonly Passed[]): Groomed<O>[] {
  const groups: Passed[][] = [];
  for (const each of passed) {
    const group = groups.find(([first]) => first && belongTogether(first.point, each.point));
    if (group) group.push(each);
    else groups.push([each]);
  }
  return groups.map(reading<O>).sort((a, b) => a.time - b.time);
}

const belongTogether = (a: Point, b: Point) => a.origin === b.origin && a.time === b.time && a.start === b.start;

function reading<O extends Origin>(group: readonly Passed[]): Groomed<O> {
  const [{ point: first }] = group as [Passed];
  const units = new Set(group.map(({ point }) => point.unit));
  const [unit] = units;
  const single = group.length === 1 && first.plain === true && first.summary === undefined;
  return {
    payload: single
      ? first.value
      : Object.fromEntries(group.map(({ channel, point }) => [nameOf(channel, point), point.value])),
    time: first.time,
    origin: first.origin as O,
    ...(units.size > 1 ? { unit: null } : unit !== undefined && { unit }),
    ...(first.start !== undefined && { start: first.start }),
  };
}

function nameOf(channel: string, { summary }: Point): string {
  if (summary === undefined) return channel;
  return channel === SINGLE_CHANNEL ? summary : `${channel}_${summary}`;
}
