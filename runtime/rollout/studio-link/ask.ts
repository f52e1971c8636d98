import type { Socket } from 'socket.io-client';
import { z } from 'zod';
import { MillraceError } from '../../base/index.ts';
import { linkAnswer } from '../../messages/index.ts';
import { errors } from './errors.ts';

/** ms that a studio has to answer. */
const PATIENCE = 30_000;

/**
 * Asks the studio for something.
 *
 * @throws STUDIO_UNREACHABLE if the connection ends or stays silent, STUDIO_ANSWER_INVALID, what the studio says
 */
export async function askStudio<Schema extends z.ZodType>(
  socket: Socket,
  what: string,
  schema: Schema,
  value: unknown,
): Promise<z.output<Schema>> {
  const asked: Promise<unknown> = socket.timeout(PATIENCE).emitWithAck(what, value);
  const said = await asked.catch((cause: unknown) => {
    const reason = socket.connected ? `no answer to "${what}"` : 'the connection ended';
    throw errors.STUDIO_UNREACHABLE({ addresses: 'its address', reason }, { cause });
  });
  const answer = linkAnswer.safeParse(said);
  if (!answer.success) throw errors.STUDIO_ANSWER_INVALID({ what, reason: z.prettifyError(answer.error) });
  if ('problem' in answer.data) throw new MillraceError(answer.data.problem);
  const parsed = schema.safeParse(answer.data.value);
  if (!parsed.success) throw errors.STUDIO_ANSWER_INVALID({ what, reason: z.prettifyError(parsed.error) });
  return parsed.data;
}
