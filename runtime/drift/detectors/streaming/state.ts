import { errors } from '../../errors.ts';

/** What a detector knows: numbers and lists of numbers. It goes through JSON unchanged. */
export type DetectorState = Record<string, number | number[] | number[][]>;

/** What `save` gives. */
interface Saved {
  readonly detector: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly state: DetectorState;
}

/** A copy that later values leave alone. */
export function saveState(detector: string, settings: object, state: DetectorState): Saved {
  return { detector, settings: { ...settings }, state: structuredClone(state) };
}

/**
 * The state to begin with: the fresh one, or what was saved of the same detector with the same settings.
 *
 * @throws DETECTOR_STATE
 */
export function restoreState<S extends DetectorState>(detector: string, settings: object, fresh: S, saved: unknown): S {
  if (saved === undefined) return fresh;
  const given = typeof saved === 'object' ? (saved as Partial<Saved> | null) : undefined;
  const same = given?.detector === detector && JSON.stringify(given.settings) === JSON.stringify(settings);
  if (!same || !fits(given.state, fresh)) {
    throw errors.DETECTOR_STATE({ detector, found: String(given?.detector ?? typeof saved) });
  }
  return structuredClone(given.state);
}

function fits<S extends DetectorState>(state: DetectorState | undefined, fresh: S): state is S {
  if (typeof state !== 'object') return false;
  return Object.entries(fresh).every(([name, value]) => {
    const found = state[name];
    return Array.isArray(value) ? Array.isArray(found) : Number.isFinite(found);
  });
}

/** @throws DETECTOR_INPUT: the detector then stands where it stood */
export function checkValue(detector: string, value: number): void {
  if (!Number.isFinite(value)) throw errors.DETECTOR_INPUT({ detector, value, wanted: 'a finite number' });
}

/** Of detectors that count errors. @throws DETECTOR_INPUT */
export function checkError(detector: string, value: number): void {
  if (value !== 0 && value !== 1) throw errors.DETECTOR_INPUT({ detector, value, wanted: '0 or 1' });
}

/** Of detectors whose bounds hold for values of a known range. @throws DETECTOR_INPUT */
export function checkShare(detector: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw errors.DETECTOR_INPUT({ detector, value, wanted: 'a number from 0 to 1' });
}
