/** What actuators can be set to: how a value from a message becomes one, and how it is told to people. */

/** A value as it travels to the board's worker: plain data. */
export type OutputValue = number | string | readonly number[];

/** The settings of one component, each with its standard where nothing was chosen. */
export type ChosenOptions = Readonly<Record<string, number | string | boolean>>;

export interface Takes {
  /** @returns `undefined` if the value means nothing to the component */
  readonly parse: (given: unknown, options: ChosenOptions) => OutputValue | undefined;
  /** For the status: `on`, `off` (which are translated), `40 %`, `90°`, `#ff8000`. */
  readonly tell: (value: OutputValue) => string;
}

const ON = new Set<unknown>([true, 1, '1', 'on', 'true', 'yes']);
const OFF = new Set<unknown>([false, 0, '0', 'off', 'false', 'no']);

/** Trimmed and in lower case, if it is a text. */
export const plain = (given: unknown): unknown => (typeof given === 'string' ? given.trim().toLowerCase() : given);
export const isOff = (given: unknown): boolean => OFF.has(plain(given));
export const isOn = (given: unknown): boolean => ON.has(plain(given));

/** A finite number, also as a text. */
export function asNumber(given: unknown): number | undefined {
  const number = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** A number between bounds, both included. */
export function between(given: unknown, low: number, high: number): number | undefined {
  const number = asNumber(given);
  return number !== undefined && number >= low && number <= high ? number : undefined;
}

/** `40 %`, or `off` at nothing. */
const share = (value: OutputValue) => (value === 0 ? 'off' : `${Math.round(Number(value) * 100)} %`);

/** On or off: 1 or 0. */
export const onOff: Takes = {
  parse: (given) => (isOn(given) ? 1 : isOff(given) ? 0 : undefined),
  tell: (value) => (value === 0 ? 'off' : 'on'),
};

/** On, off, or a brightness between 0 and 1. */
export const brightness: Takes = {
  parse: (given, options) => onOff.parse(given, options) ?? between(given, 0, 1),
  tell: (value) => (value === 1 ? 'on' : share(value)),
};

/** An angle in degrees, within the component's own range. */
export const angle: Takes = {
  parse: (given, { from = 0, to = 180 }) => between(given, Number(from), Number(to)),
  tell: (value) => `${Math.round(Number(value))}°`,
};

/** A speed forward from 0 to 1. */
export const forward: Takes = {
  parse: (given) => (isOff(given) ? 0 : between(given, 0, 1)),
  tell: share,
};

/** A speed from -1 (backward) to 1 (forward). */
export const bothWays: Takes = {
  parse: (given) => (isOff(given) ? 0 : between(given, -1, 1)),
  tell: share,
};

/** Steps of a motor, backward when negative. */
export const steps: Takes = {
  parse: (given) => {
    const number = isOff(given) ? 0 : between(given, -MOST_STEPS, MOST_STEPS);
    return Number.isInteger(number) ? number : undefined;
  },
  tell: (value) => (value === 0 ? 'off' : `${Number(value) > 0 ? '+' : ''}${String(value)}`),
};
/** Three bytes of seven bits carry them. */
const MOST_STEPS = 2 ** 21 - 1;
