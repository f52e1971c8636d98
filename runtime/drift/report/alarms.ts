import type { DriftCourse, DriftEvent } from '../../messages/index.ts';

/** One alarm of a question, as far as it lies in what is drawn. */
export interface Alarm {
  /** Left out where it began before what is drawn. */
  readonly start?: number;
  readonly end?: number;
  /** Whether this feature was among those that drifted. */
  readonly own: boolean;
}

/** The alarms of the course's question. */
export function alarmsOf(
  { name, kind }: Pick<DriftCourse, 'name' | 'kind'>,
  events: readonly DriftEvent[],
  from: number,
  to: number,
): Alarm[] {
  const alarms: Alarm[] = [];
  let open: Alarm | undefined;
  const ordered = events.filter(({ time, payload }) => payload.kind === kind && time <= to);
  for (const { time, payload } of ordered.sort((a, b) => a.time - b.time)) {
    const own = payload.features.some((feature) => feature.name === name && feature.drifting);
    if (payload.state === 'start') open = { ...(time >= from && { start: time }), own };
    else open = { ...open, own: own || (open?.own ?? false) };
    if (payload.state !== 'end') continue;
    if (time >= from) alarms.push({ ...open, end: time });
    open = undefined;
  }
  return open ? [...alarms, open] : alarms;
}
