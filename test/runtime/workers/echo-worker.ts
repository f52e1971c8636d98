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
};

serveWorker<string, { greeting: string }>(({ data, emit }) => ({
  echo: async (value: string) => {
    emit(`heard ${value}`);
    return `${data.greeting} ${value}`;
  },
  refuse: (value: string) => {
    throw errors.ECHO_REFUSED({ value });
  },
  crash: () => void setTimeout(() => process.exit(3), 5),
}));
