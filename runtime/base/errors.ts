/**
 * Errors that a person can act on: a stable code, what happened with the value that caused it, and what to do.
 *
 * Each room keeps its own table in `errors.ts`; `docs/errors.md` is generated from those tables.
 */

/** One row of a room's table of errors. `V` is what the message needs to know. */
export interface ErrorEntry<V> {
  /** Shown as the node's red status: under 20 characters. */
  readonly title: string;
  /** What the code means, for docs/errors.md. */
  readonly meaning: string;
  /** What happened, with the offending value. */
  readonly message: (values: V) => string;
  /** What to do about it. */
  readonly hint: string | ((values: V) => string);
}

export interface ErrorOptions {
  readonly cause?: unknown;
}

/** The plain form in which an error crosses threads, processes and sockets. */
export interface PlainError {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly title: string;
}

export class MillraceError extends Error {
  readonly code: string;
  readonly hint: string;
  readonly title: string;

  constructor(plain: PlainError, options: ErrorOptions = {}) {
    super(plain.message, options.cause === undefined ? undefined : { cause: options.cause });
    // So that a stack begins as the documentation does: CODE: what happened.
    this.name = plain.code;
    this.code = plain.code;
    this.hint = plain.hint;
    this.title = plain.title;
  }

  /** One line with everything a person needs: what a log and Node-RED's Catch node show. */
  override toString(): string {
    return `${this.code}: ${this.message} — ${this.hint}`;
  }
}

type Values<E> = E extends ErrorEntry<infer V> ? V : never;

/** A table of factories, `errors.CODE(values, { cause })`, and `entries` for the documentation. */
export type ErrorTable<T> = {
  readonly [C in keyof T]: (values: Values<T[C]>, options?: ErrorOptions) => MillraceError;
};

const tables = new Map<string, Record<string, ErrorEntry<never>>>();

/**
 * Makes a room's table of coded errors.
 *
 * @param room    the room's name, under which docs/errors.md lists the codes
 * @param entries code → title, meaning, message, hint
 * @throws {RangeError} if a title is 20 characters or longer: it would not fit a node's status
 *
 * @example
 * const errors = defineErrors('kitchen', {
 *   KETTLE_EMPTY: {
 *     title: 'kettle empty',
 *     meaning: 'The kettle was switched on without water.',
 *     message: (v: { litres: number }) => `the kettle holds ${v.litres} l`,
 *     hint: 'Fill the kettle.',
 *   },
 * });
 * errors.KETTLE_EMPTY({ litres: 0 }).code; // 'KETTLE_EMPTY'
 */
// The entries' value types differ row by row; `never` is their common lower bound.
export function defineErrors<T extends Record<string, ErrorEntry<never>>>(room: string, entries: T): ErrorTable<T> {
  tables.set(room, entries);
  const table: Record<string, (values: never, options?: ErrorOptions) => MillraceError> = {};
  for (const [code, entry] of Object.entries(entries)) {
    if (entry.title.length >= 20) throw new RangeError(`title of ${code} is too long for a status: "${entry.title}"`);
    table[code] = (values, options) => {
      const hint = typeof entry.hint === 'string' ? entry.hint : entry.hint(values);
      return new MillraceError({ code, title: entry.title, message: entry.message(values), hint }, options);
    };
  }
  return table as ErrorTable<T>;
}

/** Every table made so far, by room: what docs/errors.md is generated from. */
export function errorTables(): ReadonlyMap<string, Readonly<Record<string, ErrorEntry<never>>>> {
  return tables;
}

const errors = defineErrors('base', {
  UNEXPECTED: {
    title: 'unexpected error',
    meaning: 'Something went wrong that nobody had thought of.',
    message: (v: { message: string }) => v.message,
    hint: 'This is a fault in Millrace: please report it.',
  },
});

/** Any thrown value as a MillraceError; what has no code becomes `UNEXPECTED` and keeps its cause. */
export function asMillraceError(thrown: unknown): MillraceError {
  if (thrown instanceof MillraceError) return thrown;
  if (isPlainError(thrown)) return new MillraceError(thrown, { cause: thrown });
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return errors.UNEXPECTED({ message }, { cause: thrown });
}

/** What may be posted to another thread or sent to a browser. */
export function toPlainError(thrown: unknown): PlainError {
  const { code, message, hint, title } = asMillraceError(thrown);
  return { code, message, hint, title };
}

// Also true of a MillraceError that another copy of this module made.
function isPlainError(value: unknown): value is PlainError {
  if (typeof value !== 'object' || value === null) return false;
  const candidate = value as Record<string, unknown>;
  return ['code', 'message', 'hint', 'title'].every((key) => typeof candidate[key] === 'string');
}
