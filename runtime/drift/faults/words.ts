import type { SensorFault } from '../../messages/index.ts';

/** What a sentence about a fault needs. */
export interface FaultWords {
  readonly fault: SensorFault;
  /** '' of the stream. */
  readonly name: string;
  /** Whether a feature of the channel is named, and not the channel. */
  readonly unit: string;
  /** What it shows, where one value tells it. */
  readonly shows?: number | undefined;
  /** ms; of a spike how far out it was, in its unit. */
  readonly extent: number;
}

/** One sentence for a person: "temperature has been 21.5 °C for 40 s". */
export function wordsOf({ fault, name, unit, shows, extent }: FaultWords): string {
  const who = name === '' ? 'the stream' : name;
  const value = shows === undefined ? '' : `${short(shows)}${unit === '' ? '' : ` ${unit}`}`;
  switch (fault) {
    case 'stuck':
      return value === ''
        ? `${who} has not changed for ${span(extent)}`
        : `${who} has been ${value} for ${span(extent)}`;
    case 'dropout':
      return `${name === '' ? 'no readings came' : `${name} gave no readings`} for ${span(extent)}`;
    case 'spike': {
      const far = `${short(Math.abs(extent))}${unit === '' ? '' : ` ${unit}`}`;
      return `${who} leapt ${extent < 0 ? 'down' : 'up'} by ${far} and back`;
    }
    case 'out of range':
      return `${who} shows ${value}, which cannot be`;
    case 'clock jump':
      return `the clock of the readings is ${span(Math.abs(extent))} ${extent < 0 ? 'behind' : 'ahead'}`;
  }
}

const short = (value: number): string => String(Number(value.toPrecision(4)));

/** A time as people say it: `40 s`, `3 min`, `2.5 h`. */
function span(ms: number): string {
  const [size, unit] =
    ms < 120_000 ? ([1000, 's'] as const) : ms < 7_200_000 ? ([60_000, 'min'] as const) : ([3_600_000, 'h'] as const);
  const count = ms / size;
  return `${count < 10 ? Number(count.toFixed(1)) : Math.round(count)} ${unit}`;
}
