import { onTestFinished } from 'vitest';
import { type Clock, defineErrors } from '../../../../runtime/base/index.ts';
import { wireMessage, type WireMessage } from '../../../../runtime/messages/index.ts';
import { openOutbox, type OutboxOptions, type TargetSettings } from '../../../../runtime/outbox/index.ts';
import type { Lane, Target } from '../../../../runtime/outbox/schema.ts';
import {
  type Batch,
  type Connection,
  MessagesRefused,
  type Sender,
  type SenderContext,
} from '../../../../runtime/outbox/senders/index.ts';
import { temporaryDirectory } from '../support.ts';
import { virtualClock } from '../virtual-clock.ts';

export const faults = defineErrors('test', {
  AWAY: { title: 'away', meaning: 'Not there.', message: () => 'nobody there', hint: 'Wait.' },
  BROKEN: { title: 'broken', meaning: 'Broken off.', message: () => 'broken off', hint: 'Wait.' },
  NEVER: { title: 'never', meaning: 'Never taken.', message: () => 'this is not for me', hint: 'Look at it.' },
});

export const refusal = (indices?: readonly number[]) => new MessagesRefused(faults.NEVER({}), indices);

/** What arrived together. */
export interface Arrival {
  readonly at: number;
  readonly name: string;
  readonly lane: Lane;
  readonly messages: readonly WireMessage[];
  readonly bytes: number;
}

export interface Behaviour {
  most?: { messages: number; bytes: number };
  window?: number;
  /** May throw, at once or later. */
  connect?: (context: SenderContext, target: Target) => unknown;
  /** Called before the batch counts as arrived; what it throws, the send throws. */
  send?: (batch: Batch, context: SenderContext) => unknown;
  /** Called after it has arrived: the acknowledgement may still be lost. */
  acknowledge?: (batch: Batch, context: SenderContext) => unknown;
  close?: () => unknown;
}

/** A destination whose behaviour a test sets, also while it runs. */
export function fakeDestination(clock: Clock, behaviour: Behaviour = {}) {
  const arrivals: Arrival[] = [];
  const targets: Target[] = [];
  let connections = 0;
  // Not async: what the behaviour throws at once is thrown at once.
  const connect: Sender<Target> = (target, context) => {
    connections += 1;
    targets.push(target);
    const connection: Connection = {
      most: behaviour.most ?? { messages: 100, bytes: Infinity },
      window: behaviour.window ?? 1,
      send(batch) {
        const first = behaviour.send?.(batch, context);
        const arrive = async () => {
          await first;
          const messages = batch.messages.map(({ body }) => wireMessage.parse(JSON.parse(body)));
          const bytes = batch.messages.reduce((sum, { body }) => sum + body.length, 0);
          arrivals.push({ at: clock.now(), name: batch.name, lane: batch.lane, messages, bytes });
          await behaviour.acknowledge?.(batch, context);
        };
        return arrive();
      },
      close: () => Promise.resolve(behaviour.close?.()).then(() => undefined),
    };
    const first = behaviour.connect?.(context, target);
    return Promise.resolve(first).then(() => connection);
  };
  return {
    behaviour,
    arrivals,
    targets,
    connect,
    get connections(): number {
      return connections;
    },
    get messages(): readonly WireMessage[] {
      return arrivals.flatMap(({ messages }) => messages);
    },
    /** [stream, sequence] of every message in the order of arrival, repeats included. */
    get keys(): readonly (readonly [string, number])[] {
      return arrivals.flatMap(({ messages }) => messages.map(({ key }) => [key.stream, key.sequence] as const));
    },
  };
}

export const TARGET = { type: 'mqtt', url: 'mqtt://fake' } as const satisfies TargetSettings;

/** An outbox in virtual time, whose destinations all behave as the test says. */
export async function inVirtualTime(
  behaviour: Behaviour = {},
  options: Partial<OutboxOptions> & { epoch?: number } = {},
) {
  const { epoch, ...rest } = options;
  const time = virtualClock(epoch);
  const { clock } = time;
  const fake = fakeDestination(clock, behaviour);
  const directory = rest.directory ?? (await temporaryDirectory());
  const open = () => {
    const outbox = openOutbox({ directory, gateway: 'gateway-1', clock, connect: fake.connect, ...rest });
    let closed: Promise<void> | undefined;
    /** Closing waits for timers too. */
    const close = () => (closed ??= time.during(outbox.close()));
    onTestFinished(close);
    return { outbox, close };
  };
  return { time, clock, fake, directory, open };
}

/** Numbers in [0, 1) that are the same in every run. */
export function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
