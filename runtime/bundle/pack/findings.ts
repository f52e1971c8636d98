import { asMillraceError, type MillraceError } from '../../base/index.ts';

/** What is found on the way: what whoever makes a bundle should know, and what keeps it from being made. */
export interface Findings {
  readonly warnings: readonly MillraceError[];
  readonly problems: readonly MillraceError[];
  warn(error: MillraceError): void;
  problem(thrown: unknown): void;
  /** What the work gives; nothing if it fails, which is a problem then. */
  attempt<T>(work: Promise<T>): Promise<T | undefined>;
}

export function createFindings(): Findings {
  const warnings: MillraceError[] = [];
  const problems: MillraceError[] = [];
  const problem = (thrown: unknown) => void problems.push(asMillraceError(thrown));
  return {
    warnings,
    problems,
    problem,
    warn: (error) => void warnings.push(error),
    attempt: (work) =>
      work.catch((error: unknown) => {
        problem(error);
        return undefined;
      }),
  };
}
