/** What the studio may ask of a gateway, by its connection. Every question is held against its schema first. */
import type { Socket } from 'socket.io-client';
import { z } from 'zod';
import { type Clock, toPlainError } from '../../base/index.ts';
import { deployOffer, deployPart, logRequest } from '../../messages/index.ts';
import type { Gateway } from '../types.ts';
import { errors } from './errors.ts';
import { createLogPusher } from './push-log.ts';

const nothing = z.unknown();
/** Of a part as it travels: 64 kB, and what zstd adds to what does not shrink. */
const LONGEST_PART = 80_000;
const part = deployPart.refine(({ bytes }) => bytes.byteLength <= LONGEST_PART, 'longer than a part may be');

/** @returns a function that ends it */
export function serveStudio(socket: Socket, gateway: Gateway, clock: Clock): () => void {
  const log = createLogPusher(socket, gateway, clock);
  /** Parts of a file are taken in the order in which they came. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };

  const on = <Schema extends z.ZodType>(
    what: string,
    schema: Schema,
    work: (value: z.output<Schema>) => unknown,
  ): void => {
    socket.on(what, (said: unknown, acknowledge: unknown) => {
      if (typeof acknowledge !== 'function') return;
      const answer = acknowledge as (answer: unknown) => void;
      const parsed = schema.safeParse(said);
      if (!parsed.success) {
        const refusal = errors.STUDIO_ANSWER_INVALID({ what, reason: z.prettifyError(parsed.error) });
        return answer({ problem: toPlainError(refusal) });
      }
      Promise.resolve(parsed.data)
        .then(work)
        .then(
          (value) => answer({ value: value ?? {} }),
          (error: unknown) => answer({ problem: toPlainError(error) }),
        );
    });
  };
  on('alive', nothing, () => ({}));
  on('offer', deployOffer, (offer) => inTurn(() => gateway.offer(offer)));
  on('part', part, (piece) => inTurn(() => gateway.receive(piece)));
  on('install', nothing, () => inTurn(() => gateway.install()));
  on('withdraw', nothing, () => inTurn(() => gateway.withdraw()));
  on('profile', nothing, () => gateway.profile());
  on('metrics', nothing, async () => ({ text: await gateway.metrics() }));
  on('log', logRequest, (request) => log.answer(request));
  on('restart', nothing, () => gateway.restart());
  on('roll-back', nothing, () => gateway.rollBack());
  return () => log.close();
}
