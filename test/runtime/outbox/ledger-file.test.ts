import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Clock, MillraceError } from '../../../runtime/base/index.ts';
import { ledger, type Ledger } from '../../../runtime/messages/index.ts';
import { createLedgerFile } from '../../../runtime/outbox/ledger-file.ts';
import { temporaryDirectory } from './support.ts';
import { steppedClock } from './stepped-clock.ts';

/** A ledger file in a directory of its own, and how often it was made. */
async function fileIn(directory: string, clock: Clock) {
  const failures: MillraceError[] = [];
  let [made, appended] = [0, 0];
  const file = join(directory, 'outbox', 'ledger.json');
  const kept = createLedgerFile({
    ...{ file, clock },
    failed: (error) => failures.push(error),
    ledger: (): Promise<Ledger> => {
      made += 1;
      const stream = { destination: 'cloud', stream: 'pump', first: 1, acknowledged: 0, gaps: [], dead: [] };
      return Promise.resolve({
        format: 1,
        gateway: 'g',
        time: clock.now(),
        streams: [{ ...stream, appended: ++appended }],
      });
    },
  });
  const read = async () => ledger.parse(JSON.parse(await readFile(file, 'utf8')));
  return { kept, read, failures, made: () => made, file };
}

describe('the ledger file', () => {
  it('is written once in ten seconds however much changes, and not while nothing does', async () => {
    const clock = steppedClock();
    const { kept, made, read } = await fileIn(await temporaryDirectory(), clock);
    for (let i = 0; i < 1000; i++) kept.changed();
    await clock.pass(9_000);
    expect(made()).toBe(0);
    await clock.pass(2_000);
    await expect.poll(async () => (await read()).streams[0]?.appended).toBe(1);
    await clock.pass(3_600_000);
    expect(made()).toBe(1);
    kept.changed();
    await clock.pass(10_000);
    await expect.poll(made).toBe(2);
    await kept.close();
  });

  it('is written at the end, if something changed since', async () => {
    const clock = steppedClock();
    const directory = await temporaryDirectory();
    const { kept, read, made } = await fileIn(directory, clock);
    kept.changed();
    await kept.close();
    expect((await read()).streams[0]?.appended).toBe(1);
    await kept.close();
    expect(made()).toBe(1);
    expect(await readdir(join(directory, 'outbox'))).toEqual(['ledger.json']);
  });

  it('says that it cannot be written, leaves nothing half, and is tried again', async () => {
    const clock = steppedClock();
    const directory = await temporaryDirectory();
    const { kept, failures, file } = await fileIn(directory, clock);
    // A folder stands where the file should.
    await mkdir(join(file, 'in the way'), { recursive: true });
    await writeFile(join(file, 'in the way', 'x'), '');
    kept.changed();
    await clock.pass(10_000);
    await expect.poll(() => failures.map(({ code }) => code)).toEqual(['LEDGER_UNWRITABLE']);
    expect(await readdir(join(directory, 'outbox'))).toEqual(['ledger.json']);
    kept.changed();
    await kept.close();
    expect(failures).toHaveLength(2);
  });
});
