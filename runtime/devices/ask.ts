import { asMillraceError } from '../base/index.ts';
import { errors } from './errors.ts';
import type { Session } from './link.ts';

/**
 * Asks a board that may be lost.
 *
 * @throws BOARD_LOST if there is no worker, or it ended before it answered; the worker's own error otherwise
 */
export async function ask<T>(
  board: string,
  session: Session | undefined,
  call: (session: Session) => Promise<T>,
): Promise<T> {
  if (!session) throw errors.BOARD_LOST({ board, reason: 'it is being started again' });
  try {
    return await call(session);
  } catch (thrown) {
    const cause = asMillraceError(thrown);
    if (cause.code !== 'WORKER_STOPPED') throw cause;
    throw errors.BOARD_LOST({ board, reason: cause.message }, { cause });
  }
}
