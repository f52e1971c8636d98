import { uniform } from '../random.ts';
import type { SensorState } from './states.ts';

/** A spike lasts for one reading at 100 Hz where nothing else is said. */
const SPIKE_SECONDS = 0.01;
/** There is one about every so many seconds. */
const SPIKE_EVERY = 20;
/** The first comes so soon after the fault. */
const FIRST_SPIKE = 1;
/** A loose wire has contact in some of such pieces of time, but not in the first ones. */
const CONTACT_SECONDS = 4;
const CONTACT_SHARE = 0.25;
const CONTACT_FROM = 2;

/** What a broken sensor may show, of each of its values. */
export interface FaultRange {
  /** All it can show: its wire touches the supply. */
  readonly top: number;
  /** That a spike lies away from what is right, at least. */
  readonly wild: number;
  /** By which it is soon too high when it drifts; it creeps on to half as much again. */
  readonly drift: number;
}
const VOLTS: FaultRange = { top: 5, wild: 1.2, drift: 0.1 };
/** Seconds after which 1/e of the drift is still to come, and in which it creeps to its end. */
const DRIFT_SECONDS = 1.2;
const CREEP_SECONDS = 500;

export interface FaultOptions {
  /** Of each value; default: volts on an analog pin. */
  readonly ranges?: readonly FaultRange[] | undefined;
  /** How long a spike lasts: what is read slowly would miss short ones. */
  readonly spikeSeconds?: number;
}

/** What a broken sensor does with the volts that it should show. */
export interface SensorFaults {
  /** Counts from the next reading on. */
  set(state: SensorState): void;
  /**
   * @param values of its pins (volts) or of what a chip senses, as they should be; changed to what they are
   * @returns false while nothing can be read from it
   */
  apply(values: Float64Array, seconds: number): boolean;
}

/**
 * What goes wrong with sensors. It shows more than there is, and still more by and by (`drifting`). It freezes (`stuck`); its wire is loose, so that its readings fail to come for seconds to
 * half a minute at a time (`dropout`); single readings are wild, one pin at a time, as a disturbance on the wire makes them
 * (`spike`); its wire touches the supply, so that the converter shows all it can (`out of range`).
 */
export function createSensorFaults(
  seed: number,
  stream: number,
  { ranges, spikeSeconds = SPIKE_SECONDS }: FaultOptions = {},
): SensorFaults {
  const share = spikeSeconds / SPIKE_EVERY;
  const range = (index: number) => ranges?.[index] ?? VOLTS;
  let state: SensorState = 'good';
  /** When the first reading was taken after it broke. */
  let since: number | undefined;
  let frozen: Float64Array | undefined;
  let last: Float64Array | undefined;

  const spike = (values: Float64Array, seconds: number, from: number) => {
    const slot = Math.round(seconds / spikeSeconds);
    const first = slot === Math.round((from + FIRST_SPIKE) / spikeSeconds);
    if (!first && uniform(seed, stream, slot) >= share) return;
    const which = Math.floor(uniform(seed, stream + 1, slot) * values.length);
    const right = values[which] as number;
    const { top, wild } = range(which);
    const room = top - right - wild;
    // Upwards where there is room, so that no rail cuts it off.
    const size = uniform(seed, stream + 2, slot);
    values[which] = room > 0.1 * top ? right + wild + size * room : right - wild - size * (right - wild);
  };

  return {
    set(next) {
      if (next === state) return;
      state = next;
      since = undefined;
      frozen = next === 'stuck' ? last?.slice() : undefined;
    },
    apply(values, seconds) {
      since ??= seconds;
      switch (state) {
        case 'good':
          break;
        case 'stuck':
          frozen ??= values.slice();
          values.set(frozen);
          break;
        case 'drifting': {
          const ran = seconds - since;
          const share = 1 - Math.exp(-ran / DRIFT_SECONDS) + 0.5 * Math.min(1, ran / CREEP_SECONDS);
          values.forEach((value, index) => {
            const { drift, top } = range(index);
            values[index] = Math.min(top, value + drift * share);
          });
          break;
        }
        case 'spike':
          spike(values, seconds, since);
          break;
        case 'out of range':
          values.forEach((_, index) => (values[index] = range(index).top));
          break;
        case 'dropout': {
          const piece = Math.floor((seconds - since) / CONTACT_SECONDS);
          if (piece < CONTACT_FROM || uniform(seed, stream + 3, piece) >= CONTACT_SHARE) return false;
        }
      }
      (last ??= values.slice()).set(values);
      return true;
    },
  };
}
