/** The open connection to one gateway that has proved who it is. */
import type { Socket } from 'socket.io';
import type { z } from 'zod';
import { asMillraceError, MillraceError } from '../base/index.ts';
import { linkAnswer, type LinkHello } from '../messages/index.ts';
import { errors } from './errors.ts';
import { PATIENCE } from './limits.ts';

export interface Line {
  readonly hello: LinkHello;
  /**
   * Asks the gateway for something.
   *
   * @param patience ms
   * @throws GATEWAY_AWAY, GATEWAY_UNANSWERED, GATEWAY_ANSWER_INVALID, or what the gateway says
   */
  ask<Schema extends z.ZodType>(
    what: string,
    schema: Schema,
    value?: unknown,
    patience?: number,
  ): Promise<z.output<Schema>>;
  /** Hears what the gateway sends of its own accord; what does not follow the schema ends the connection. */
  hear<Schema extends z.ZodType>(event: string, schema: Schema, listener: (value: z.output<Schema>) => unknown): void;
  /** Resolves when the connection has ended. */
  readonly ended: Promise<void>;
  readonly open: boolean;
  end(): void;
}

export function createLine(socket: Socket, hello: LinkHello, warn: (error: unknown) => void): Line {
  const gateway = hello.identity.name;
  const away = () => errors.GATEWAY_AWAY({ gateway });
  /** What waits for an answer. None of it may hang on `ended`, which would keep it for as long as the line lasts. */
  const waiting = new Set<() => void>();
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      for (const giveUp of [...waiting]) giveUp();
      resolve();
    };
    if (socket.disconnected) end();
    socket.once('disconnect', end);
  });
  const answerTo = (what: string, value: unknown, patience: number) =>
    new Promise<unknown>((resolve, reject) => {
      const giveUp = () => settle(() => reject(away()));
      const settle = (work: () => void) => {
        waiting.delete(giveUp);
        work();
      };
      waiting.add(giveUp);
      socket.timeout(patience).emit(what, value, (silent: Error | null, said: unknown) =>
        settle(() => {
          if (silent) reject(errors.GATEWAY_UNANSWERED({ gateway, what, seconds: patience / 1000 }));
          else resolve(said);
        }),
      );
    });
  const invalid = (what: string, error: z.ZodError) => {
    const [issue] = error.issues;
    const reason = `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not as expected'}`;
    return errors.GATEWAY_ANSWER_INVALID({ gateway, what, reason });
  };

  return {
    hello,
    ended,
    get open() {
      return socket.connected;
    },
    async ask(what, schema, value = {}, patience = PATIENCE) {
      if (!socket.connected) throw away();
      const answer = linkAnswer.safeParse(await answerTo(what, value, patience));
      if (!answer.success) throw invalid(what, answer.error);
      if ('problem' in answer.data) throw new MillraceError(answer.data.problem);
      const parsed = schema.safeParse(answer.data.value);
      if (!parsed.success) throw invalid(what, parsed.error);
      return parsed.data;
    },
    hear(event, schema, listener) {
      socket.on(event, (said: unknown, acknowledge: unknown) => {
        const parsed = schema.safeParse(said);
        if (!parsed.success) {
          warn(invalid(event, parsed.error));
          socket.disconnect(true);
          return;
        }
        Promise.resolve(parsed.data)
          .then(listener)
          .then(
            () => {
              if (typeof acknowledge === 'function') (acknowledge as (answer: unknown) => void)({ value: {} });
            },
            // Not acknowledged: the gateway says it again.
            (error: unknown) => warn(asMillraceError(error)),
          );
      });
    },
    end: () => void socket.disconnect(true),
  };
}
