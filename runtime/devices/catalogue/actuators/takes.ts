/** What actuators can be set to: how a value from a message becomes one, and how it is told to people. */

/** A value as it travels to the board's worker: plain data. */
export type OutputValue = number | string | readonly number[] | Readonly<Record<string, number>>;

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
const plain = (given: unknown): unknown => (typeof given === 'string' ? given.trim().toLowerCase() : given);

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

/** On or off: 1 or 0. */
export const onOff: Takes = {
  parse: (given) => (ON.has(plain(given)) ? 1 : OFF.has(plain(given)) ? 0 : undefined),
  tell: (value) => (value === 0 ? 'off' : 'on'),
};

/** On, off, or a brightness between 0 and 1. */
export const brightness: Takes = {
  parse: (given, options) => onOff.parse(given, options) ?? between(given, 0, 1),
  tell: (value) => (value === 0 ? 'off' : value === 1 ? 'on' : `${Math.round(Number(value) * 100)} %`),
};

/** An angle in degrees. */
export const angle = (low: number, high: number): Takes => ({
  parse: (given) => between(given, low, high),
  tell: (value) => `${Math.round(Number(value))}°`,
});
