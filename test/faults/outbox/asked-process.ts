/** An outbox that does what it is asked to, a line of standard input each: `put COUNT` answers what became of each. */
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { MillraceError, systemClock } from '../../../runtime/base/index.ts';
import { openOutbox } from '../../../runtime/outbox/index.ts';

export interface Answer {
  /** Stream, sequence, and the number that the message holds. */
  readonly taken: readonly (readonly [string, number, number])[];
  readonly refused: readonly { readonly code: string; readonly message: string; readonly hint: string }[];
}

const [directory = '', url = '', first = '1'] = process.argv.slice(2);
const outbox = openOutbox({ directory, gateway: 'gateway-1', clock: systemClock });
if (url !== '') outbox.destination('cloud', { type: 'mqtt', url });
let n = Number(first);

const put = async (taken: [string, number, number][], refused: Answer['refused'][number][]) => {
  const own = n++;
  try {
    const key = await outbox.put('cloud', `pump-${own % 3}`, {
      payload: { n: own, text: randomBytes((own * 37) % 300).toString('base64') },
    });
    taken.push([key.stream, key.sequence, own]);
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    refused.push({ code: error.code, message: error.message, hint: error.hint });
  }
};

for await (const line of createInterface({ input: process.stdin })) {
  const [word, count = '1'] = line.split(' ');
  if (word === 'end') break;
  const taken: [string, number, number][] = [];
  const refused: Answer['refused'][number][] = [];
  await Promise.all(Array.from({ length: Number(count) }, () => put(taken, refused)));
  process.stdout.write(`${JSON.stringify({ taken, refused } satisfies Answer)}\n`);
}
await outbox.close();
process.stdin.destroy();
