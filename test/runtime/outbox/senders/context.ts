import { type MillraceError, systemClock } from '../../../../runtime/base/index.ts';
import { MessagesRefused, type SenderContext } from '../../../../runtime/outbox/senders/sender.ts';

/** What a sender is told of where it stands, and what it tells. */
export function contextIn(userDir: string, options: Partial<SenderContext> = {}) {
  const told: { lost: MillraceError[]; warnings: MillraceError[] } = { lost: [], warnings: [] };
  const context: SenderContext = {
    gateway: 'gateway-1',
    destination: 'target-1',
    userDir,
    clock: systemClock,
    signal: new AbortController().signal,
    lost: (error) => void told.lost.push(error),
    warn: (warning) => void told.warnings.push(warning),
    ...options,
  };
  return { context, told };
}

/** The code, message and hint of what a promise rejects with; of refused messages their indices too. */
export async function failureOf(work: Promise<unknown>) {
  const thrown: unknown = await work.then(
    () => new Error('nothing failed'),
    (error: unknown) => error,
  );
  const refused = thrown instanceof MessagesRefused ? thrown : undefined;
  const { code, message, hint } = (refused?.reason ?? thrown) as MillraceError;
  return { code, message, hint, ...(refused && { refused: refused.indices ?? 'unknown' }) };
}
