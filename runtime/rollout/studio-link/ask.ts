import type { Socket } from 'socket.io-client';
import { z } from 'zod';
import { MillraceError } from '../../base/index.ts';
import { linkAnswer } from '../../messages/index.ts';
import { errors } from './errors.ts';

/** ms that a studio may say nothing at all while an answer is due. */
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
  const answer = linkAnswer.safeParse(await answerTo(socket, what, value));
  if (!answer.success) throw errors.STUDIO_ANSWER_INVALID({ what, reason: z.prettifyError(answer.error) });
  if ('problem' in answer.data) throw new MillraceError(answer.data.problem);
  const parsed = schema.safeParse(answer.data.value);
  if (!parsed.success) throw errors.STUDIO_ANSWER_INVALID({ what, reason: z.prettifyError(parsed.error) });
  return parsed.data;
}

/** Over a slow line the answer comes behind the pieces of a deploy: as long as such come, the studio is not silent. */
function answerTo(socket: Socket, what: string, value: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) =>
      settle(() => reject(errors.STUDIO_UNREACHABLE({ addresses: 'its address', reason })));
    const ended = () => fail('the connection ended');
    const silent = () => fail(`no answer to "${what}"`);
    let late = setTimeout(silent, PATIENCE);
    const heard = () => {
      clearTimeout(late);
      late = setTimeout(silent, PATIENCE);
    };
    const settle = (how: () => void) => {
      clearTimeout(late);
      socket.off('disconnect', ended);
      socket.offAny(heard);
      how();
    };
    socket.once('disconnect', ended);
    socket.onAny(heard);
    if (!socket.connected) return ended();
    socket.emit(what, value, (said: unknown) => settle(() => resolve(said)));
  });
}
