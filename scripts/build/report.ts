/** A mistake in the sources: shown without a stack. */
export class BuildError extends Error {}

/** Where the build says what it does: one line a step, on stderr. */
export type Report = (line: string) => void;

export const toStderr: Report = (line) => void process.stderr.write(`${line}\n`);
