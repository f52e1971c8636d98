import { getHeapStatistics } from 'node:v8';
import { serveWorker } from '../../../runtime/workers/index.ts';
import { defineErrors } from '../../../runtime/base/index.ts';

const errors = defineErrors('echo', {
  ECHO_REFUSED: {
    title: 'refused',
    meaning: 'The test asked for a refusal.',
    message: (v: { value: string }) => `will not echo "${v.value}"`,
    hint: 'Ask for something else.',
  },
});

export type EchoMethods = {
  echo(value: string): Promise<string>;
  refuse(value: string): never;
  crash(): void;
  /** Bytes of this thread's heap. */
  heap(): number;
  /** Leaves as many bytes behind as nobody needs. */
  litter(bytes: number): void;
};

serveWorker<string, { greeting: string }>(({ data, emit }) => ({
  echo: async (value: string) => {
    emit(`heard ${value}`);
    return `${data.greeting} ${value}`;
  },
  refuse: (value: string) => {
    throw errors.ECHO_REFUSED({ value });
  },
  heap: () => getHeapStatistics().total_heap_size,
  litter: (bytes: number) => void Array.from({ length: bytes / 8 }, (_, index) => index + 0.5),
  crash: () => void setTimeout(() => process.exit(3), 5),
}));
