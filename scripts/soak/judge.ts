import type { WorldChange } from '../../runtime/devices/index.ts';
import type { DriftPayload } from '../../runtime/messages/index.ts';
import type { SoakChapter } from './pump-soak.ts';

export interface SoakVerdict {
  readonly what: string;
  readonly met: boolean;
  /** What was said, for a person. */
  readonly found: string;
}

/** What is to be said of a change of the pump: a fault by its name, or drift. */
function expected(change: WorldChange): {
  readonly kind: 'fault' | 'data';
  readonly statistic?: string;
  readonly name?: string;
} {
  const { temperatureSensor, clock } = change;
  if (clock === 'jumping') return { kind: 'fault', statistic: 'clock jump' };
  if (temperatureSensor === 'drifting') return { kind: 'data', name: 'mean_temperature' };
  if (temperatureSensor === 'dropout') return { kind: 'fault', statistic: 'dropout' };
  if (temperatureSensor !== undefined) return { kind: 'fault', statistic: temperatureSensor, name: 'temperature' };
  return { kind: 'data' };
}

const said = (events: SoakChapter['events']) =>
  events.length === 0
    ? 'nothing'
    : events
        .map(({ payload }) => `${payload.kind} ${payload.state}${payload.words ? ` (${payload.words})` : ''}`)
        .join('; ');

/**
 * Holds a soak against what should have been said: nothing while all is well, and each fault by its own name alone.
 *
 * @param every ms from row to row
 */
export function judgeSoak(chapters: readonly SoakChapter[], every: number): readonly SoakVerdict[] {
  const [learning, healthy, ...faults] = chapters;
  const calm = [...(learning?.events ?? []), ...(healthy?.events ?? [])];
  const verdicts: SoakVerdict[] = [
    {
      what: 'no alarm in a day of learning and a day without anything wrong',
      met: calm.length === 0,
      found: said(calm),
    },
  ];
  for (let i = 0; i + 1 < faults.length; i += 2) {
    const { change, events } = faults[i] as SoakChapter;
    const { events: after, from: mended } = faults[i + 1] as SoakChapter;
    const wanted = expected(change);
    const isIt = (payload: DriftPayload) =>
      payload.kind === wanted.kind &&
      payload.features.some(
        (feature) =>
          feature.drifting &&
          (wanted.statistic === undefined || feature.statistic === wanted.statistic) &&
          (wanted.name === undefined || feature.name === wanted.name),
      );
    const begun = events.filter(({ payload }) => payload.state !== 'end');
    // What is over after the pump was mended belongs to it; so does one more feature that is found to drift in a window which
    // still holds rows of the broken pump.
    const ofBroken = ({ at, payload }: SoakChapter['events'][number]) =>
      payload.kind === 'data' && payload.state === 'change' && isIt(payload) && at - payload.samples * every < mended;
    const late = after.filter((event) => event.payload.state !== 'end' && !ofBroken(event));
    const ends = [...events, ...after].filter(({ payload }) => payload.state === 'end').length;
    const starts = begun.filter(({ payload }) => payload.state === 'start').length;
    const met =
      begun.some(({ payload }) => isIt(payload)) &&
      begun.every(({ payload }) => payload.kind === wanted.kind) &&
      late.length === 0 &&
      ends === starts;
    verdicts.push({ what: JSON.stringify(change), met, found: `${said(events)} — then ${said(after)}` });
  }
  return verdicts;
}
