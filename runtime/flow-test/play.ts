import { type FlowTest, milliseconds, type Played } from '../messages/index.ts';
import { createShift, openRecording, type RecordedMessage } from '../datasets/index.ts';
import type { MillraceError } from '../base/index.ts';
import type { VirtualTime } from './time/virtual-time.ts';

export interface Playing {
  /** Schedules the first message. Resolves when it is scheduled. */
  begin(): Promise<void>;
  /** Messages sent so far. */
  readonly samples: number;
  /** ms since the start: of the last message, once all have been sent. */
  readonly endedAt: number | undefined;
  /** What could not be read of the recording. */
  readonly problems: readonly MillraceError[];
  close(): Promise<void>;
}

/**
 * Plays a recording, or the messages that the test holds, in the place of what a node would send.
 *
 * @param epoch ms, of the start of the test: the times in the messages are moved so that the recording begins then
 * @param send  puts a message on the wires
 */
export async function openPlaying(
  played: Played,
  files: Readonly<Record<string, string>>,
  time: VirtualTime,
  epoch: number,
  send: (message: Record<string, unknown>) => void,
): Promise<Playing> {
  const start = milliseconds(played.at);
  const file = played.recording === undefined ? undefined : files[played.recording];
  const recording = file === undefined ? undefined : await openRecording(file);
  const messages: AsyncIterator<RecordedMessage, undefined> = recording
    ? recording.messages()
    : inOrder(played.messages ?? []);
  const shift = createShift(epoch + start);
  let samples = 0;
  let last = start;
  let endedAt: number | undefined;

  const schedule = async (): Promise<void> => {
    const next: IteratorResult<RecordedMessage, undefined> = await time.clock.hold(messages.next());
    if (next.done) return void (endedAt = last);
    const { value } = next;
    last = start + value.at;
    time.schedule(Math.floor(last) - time.elapsed(), () => {
      samples++;
      send(shift(value));
      return schedule();
    });
  };

  return {
    begin: schedule,
    get samples() {
      return samples;
    },
    get endedAt() {
      return endedAt;
    },
    get problems() {
      return recording?.problems ?? [];
    },
    async close() {
      await messages.return?.(undefined);
    },
  };
}

// A test may list its messages in any order.
async function* inOrder(messages: NonNullable<Played['messages']>): AsyncGenerator<RecordedMessage, undefined> {
  const timed = messages.map(({ at, message }) => ({ at: milliseconds(at), message: structuredClone(message) }));
  yield* timed.sort((a, b) => a.at - b.at);
}

/** Everything in a test that has a time, ms: a test runs on for a while after the last of them. */
export function statedTimes({ give, expect }: FlowTest): number[] {
  const bounds = expect.map(({ from, within }) => milliseconds(from ?? 0) + milliseconds(within ?? 0));
  return [0, ...give.map(({ at }) => milliseconds(at)), ...bounds];
}
