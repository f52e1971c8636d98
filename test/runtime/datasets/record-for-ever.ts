/** A child that records until it is killed: prints how many messages are with the operating system. */
import { asMillraceError, systemClock } from '../../../runtime/base/index.ts';
import { openRecordings, type RecordingFormat } from '../../../runtime/datasets/index.ts';

const [directory = '', format = 'jsonl', maxBytes = '1000000'] = process.argv.slice(2);
const say = (what: string | number) => process.stdout.write(`${what}\n`);
const recordings = openRecordings({ directory, clock: systemClock });
const options = {
  ...{ name: 'killed', format: format as RecordingFormat, maxBytes: Number(maxBytes), maxFiles: 100 },
  failed: ({ code }: { code: string }) => say(code),
};
const recorder = await recordings.record(options).catch((error: unknown) => {
  say(asMillraceError(error).code);
  process.exit(1);
});
for (let n = 0; ; n++) {
  recorder.write({ payload: { x: n, y: n / 3 }, time: n }, n);
  if (n % 100 !== 99) continue;
  await recorder.flush();
  say(recorder.state.messages);
}
