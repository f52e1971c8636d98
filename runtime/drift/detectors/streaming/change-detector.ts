/** What a value has brought about: nothing, a warning that a change may be under way, or a change. */
export type Verdict = 'calm' | 'warning' | 'change';

/**
 * Looks at one number after the other and says when their distribution has changed. Of bounded size. After a change it
 * begins anew with the next value, as River's detectors do.
 */
export interface ChangeDetector {
  /** @param value of an error stream 1 is an error and 0 is none */
  update(value: number): Verdict;
  /** Forgets everything. */
  reset(): void;
  /** Everything it knows, as plain JSON: given to its maker, it goes on exactly where this one stands. */
  save(): unknown;
}
