import { errors } from '../../errors.ts';
import { replayRows } from '../../limits.ts';
import { normal, smoothNormal } from '../random.ts';
import { csvColumn, CsvProblem } from './csv.ts';
import { setSignal } from './message.ts';
import { harmonics, sine, steps } from './periodic.ts';
import { replay } from './replay.ts';
import { parseAmplitudes, parseLevels, type SignalSpec } from './schema.ts';
import { walk } from './walk.ts';

/** A value at every time. Pure but for what is set: how often it is asked for changes nothing. */
export interface Signal {
  /**
   * @param seconds since the world began
   * @returns NaN where there is none
   */
  at(seconds: number): number;
  /** Of a signal that can be set: counts from the time of the last reading on. */
  set?(value: number): void;
}

export interface SignalPlace {
  readonly seed: number;
  /** Random numbers of its own: no other signal of the world has the same. */
  readonly stream: number;
  /** Named in errors. */
  readonly name: string;
}

/**
 * Makes a signal.
 *
 * @throws SIGNAL_INVALID if a recording cannot be read
 *
 * @example
 * const place = { seed: 1, stream: 0, name: 'swing' };
 * createSignal({ type: 'sine', around: 20, amplitude: 2, frequency: 1, phase: 90 }, place).at(0); // 22
 */
export function createSignal(spec: SignalSpec, place: SignalPlace): Signal {
  if (spec.type === 'message') return setSignal(spec.value, spec.smoothing);
  const swing = valueOf(spec, place);
  const around = 'around' in spec ? spec.around : 0;
  return { at: (seconds) => around + swing(seconds) };
}

function valueOf(
  spec: Exclude<SignalSpec, { type: 'message' }>,
  { seed, stream, name }: SignalPlace,
): (seconds: number) => number {
  switch (spec.type) {
    case 'constant':
      return () => spec.value;
    case 'sine':
      return sine(spec);
    case 'harmonics':
      return harmonics(spec.frequency, parseAmplitudes(spec.amplitudes));
    case 'noise':
      if (spec.memory > 0) return (seconds) => spec.sd * smoothNormal(seed, stream, seconds / spec.memory);
      // Each millisecond has a number of its own.
      return (seconds) => spec.sd * normal(seed, stream, Math.round(seconds * 1000));
    case 'steps':
      return steps(parseLevels(spec.levels));
    case 'drift': {
      const most = spec.most || Infinity;
      return (seconds) => Math.max(-most, Math.min(most, (spec.perHour * seconds) / 3600));
    }
    case 'walk':
      return walk(seed, stream, spec.perMinute, spec.most);
    case 'replay':
      return replay(recording(spec, name), spec.rate, spec.loops);
  }
}

function recording({ csv, column }: Extract<SignalSpec, { type: 'replay' }>, name: string): Float64Array {
  try {
    const values = csvColumn(csv, column);
    const beyond = values.length - replayRows.value;
    if (beyond <= 0) return values;
    replayRows.cost(beyond);
    throw new CsvProblem(`the recording has ${values.length} rows, more than ${replayRows.value}`);
  } catch (thrown) {
    if (!(thrown instanceof CsvProblem)) throw thrown;
    throw errors.SIGNAL_INVALID({ signal: name, problem: thrown.message }, { cause: thrown });
  }
}
