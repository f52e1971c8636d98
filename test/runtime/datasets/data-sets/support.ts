import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { type DataSet, type DataSets, type NewExample, openDataSets } from '../../../../runtime/datasets/index.ts';
import { seededRandom } from '../../../../runtime/numerics/index.ts';

export async function temporary(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-data-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** @param directory of others that use it at the same time */
export async function dataSets(directory?: string): Promise<DataSets> {
  const opened = openDataSets({ directory: directory ?? (await temporary()), clock: systemClock });
  onTestFinished(() => opened.close());
  return opened;
}

/** Features `a`, `b`, `c` of two labels that lie apart. */
export function examples(count: number, seed = 1): NewExample[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, row) => ({
    payload: { a: random() + (row % 2), b: random() - 0.5, c: random() * 100 },
    label: row % 2 === 0 ? 'on' : 'off',
    time: 1_700_000_000_000 + row * 100,
    group: `run ${Math.floor(row / 50)}`,
    source: 'board',
  }));
}

export function windows(count: number, seed = 1): NewExample[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, row) => ({
    payload: {
      channels: ['ax', 'ay'],
      rate: 100,
      start: row * 1000,
      data: Float32Array.from({ length: 16 }, () => random()),
      shape: [8, 2],
    },
    label: 'still',
    time: row * 1000 + 70,
  }));
}

export async function digestOf(set: DataSet): Promise<string> {
  return (await set.load()).digest;
}

export async function bytesOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}
