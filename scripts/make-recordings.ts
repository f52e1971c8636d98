/**
 * Makes the recordings that come with Millrace from the virtual pump, as `pins` would read it. Everything is seeded: the same
 * sources give the same bytes.
 *
 *   node scripts/make-recordings.ts [DIRECTORY]
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../runtime/base/index.ts';
import { openRecordings } from '../runtime/datasets/index.ts';
import { createWorld, readChannels, STANDARD_CHANNELS, type WorldChange } from '../runtime/devices/index.ts';

const RATE = 100;
/** When the recording says that it was made. */
const STARTED = Date.UTC(2026, 0, 1);

/** From which second the pump is how. */
const STORY: readonly { readonly from: number; readonly change: WorldChange }[] = [
  { from: 20, change: { bearing: 'worn' } },
  { from: 40, change: { bearing: 'good', inlet: 'blocked' } },
];
const SECONDS = 60;

/** A pump that is well, has a worn bearing from the 20th second, and cavitates from the 40th. */
export async function makePumpFaults(file: string): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-recordings-'));
  const clock: Clock = { ...systemClock, now: () => STARTED };
  const recordings = openRecordings({ directory, clock });
  try {
    const recorder = await recordings.record({
      ...{ name: 'pump-faults', format: 'parquet', maxBytes: 1e9, maxFiles: 1, source: 'scripts/make-recordings.ts' },
    });
    const world = createWorld({ scene: 'pump', seed: 1 });
    for (let sample = 0; sample < SECONDS * RATE; sample++) {
      const at = (sample * 1000) / RATE;
      for (const { from, change } of STORY) if (at === from * 1000) world.set(change);
      const values = readChannels(world, STANDARD_CHANNELS, at);
      const payload = Object.fromEntries(STANDARD_CHANNELS.map(({ name }, index) => [name, values[index]]));
      recorder.write({ payload, time: STARTED + at, topic: 'pins', source: 'virtual pump' }, at);
    }
    await recorder.close();
    const [entry] = await recordings.list();
    const [made = ''] = (await recordings.open(entry?.name ?? '')).files;
    await cp(made, file);
  } finally {
    await recordings.close();
    await rm(directory, { recursive: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const standard = join(import.meta.dirname, '../flows/pump/recordings');
  const file = join(process.argv[2] ?? standard, 'pump-faults.parquet');
  await makePumpFaults(file);
  console.log(file);
}
