import { createHash } from 'node:crypto';
import { asMillraceError, newId } from '../../base/index.ts';
import type { TruthLabel } from '../../messages/index.ts';
import type { Statement } from '../../storage/index.ts';
import { errors } from '../errors.ts';
import { dataSetBytes, dataSetExamples, exampleNumbers } from '../limits.ts';
import { META } from './index-format.ts';
import { normaliseLabel } from './label.ts';
import { forgetSpent, type SetFiles } from './set-files.ts';
import { difference, type Shape, shapeOf, valuesOf, widthOf } from './shape.ts';
import type { NewExample } from './types.ts';

/** Of one write: others wait for it. */
const BATCH_ROWS = 1_000;
const BATCH_NUMBERS = 1_000_000;

export const digestOfValues = (values: Float32Array): Uint8Array =>
  createHash('sha256').update(bytesOf(values)).digest().subarray(0, 16);

export const bytesOf = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

export interface Ready {
  readonly values: Float32Array;
  readonly label: TruthLabel | null;
  readonly time: number | null;
  readonly source: string;
  readonly group: string;
  readonly digest: Uint8Array;
}

/** @throws DATA_SET_SHIPPED */
export function addable({ shipped, name }: SetFiles): void {
  if (shipped) throw errors.DATA_SET_SHIPPED({ name });
}

/** What comes first of the batch must come; the first wrong one ends it. */
export async function addExamples(files: SetFiles, examples: readonly NewExample[]): Promise<number[]> {
  addable(files);
  const ids: number[] = [];
  let at = 0;
  while (at < examples.length) {
    const known = (await files.shape()) ?? (await firstShape(files, examples[at] as NewExample));
    const ready: Ready[] = [];
    let wrong: Error | undefined;
    const room = await roomIn(files, known.shape);
    let numbers = 0;
    for (; at < examples.length && ready.length < BATCH_ROWS && numbers < BATCH_NUMBERS; at++) {
      try {
        if (ready.length >= room.examples) throw room.full();
        ready.push(prepare(files, known.shape, examples[at] as NewExample));
        numbers += widthOf(known.shape);
      } catch (error) {
        wrong = asMillraceError(error);
        break;
      }
    }
    if (ready.length > 0) {
      const last = await insert(files, known.text, ready);
      if (last === undefined) {
        // The data set was emptied by another process, and is of another shape now.
        at -= ready.length;
        files.forgetShape();
        continue;
      }
      for (let id = last - ready.length + 1; id <= last; id++) ids.push(id);
    }
    if (wrong !== undefined) throw wrong;
  }
  return ids;
}

export async function roomIn(files: SetFiles, shape: Shape) {
  const [row] = await files.read('SELECT count(*) AS examples FROM examples');
  const taken = Number(row?.['examples'] ?? 0);
  const byCount = Math.max(0, Math.floor(dataSetExamples.value) - taken);
  const byBytes = Math.max(0, Math.floor(dataSetBytes.value / (widthOf(shape) * 4)) - taken);
  return {
    examples: Math.min(byCount, byBytes),
    full() {
      const limit = byCount <= byBytes ? dataSetExamples : dataSetBytes;
      limit.cost();
      const unit = limit === dataSetExamples ? 'examples' : 'bytes of values';
      return errors.DATA_SET_FULL({ name: files.name, what: `it may have ${limit.value} ${unit}`, limit: limit.name });
    },
  };
}

/** The first example says the shape; of two processes at once, the first. */
export async function firstShape(files: SetFiles, example: NewExample) {
  const shape = shapeOf(example);
  if (widthOf(shape) > exampleNumbers.value) {
    exampleNumbers.cost();
    const what = `an example may hold ${exampleNumbers.value} numbers, this one has ${widthOf(shape)}`;
    throw errors.DATA_SET_FULL({ name: files.name, what, limit: exampleNumbers.name });
  }
  // An example that is refused leaves no shape behind.
  valuesOf(shape, example.payload);
  normaliseLabel(example.label);
  await files.write([
    {
      sql: 'INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)',
      rows: [
        [META.shape, JSON.stringify(shape)],
        ...(example.recipeText === undefined ? [] : [[META.recipe, example.recipeText]]),
      ],
    },
  ]);
  const known = await files.shape();
  if (!known) return firstShape(files, example);
  return known;
}

export function prepare(files: SetFiles, shape: Shape, example: NewExample): Ready {
  const what = difference(shape, shapeOf(example));
  if (what !== undefined) throw errors.EXAMPLE_SHAPE_DIFFERS({ name: files.name, what });
  const values = valuesOf(shape, example.payload);
  const { time = null, source = '', group = '' } = example;
  if (time !== null && !Number.isFinite(time)) throw errors.EXAMPLE_INVALID({ column: 'time', value: String(time) });
  return {
    values,
    label: normaliseLabel(example.label),
    time,
    source: plainText(source),
    group: plainText(group),
    digest: digestOfValues(values),
  };
}

const plainText = (text: string) => text.normalize('NFC').trim();

/** @returns the last id; undefined where the shape was another one */
async function insert(files: SetFiles, shape: string, ready: readonly Ready[]): Promise<number | undefined> {
  const token = newId();
  const write: Statement[] = [
    ...forgetSpent(files),
    ...ready.flatMap(({ values, label, time, source, group, digest }) => [
      {
        sql: `INSERT INTO examples (label, time, source, run, digest, added) SELECT ?, ?, ?, ?, ?, ?
              WHERE EXISTS (SELECT 1 FROM meta WHERE key = 'shape' AND value = ?)`,
        values: [label, time, source, group, digest, files.clock.now(), shape],
      },
      {
        sql: 'INSERT INTO waiting (id, data) SELECT last_insert_rowid(), ? WHERE changes() > 0',
        values: [bytesOf(values)],
      },
    ]),
  ];
  write.push({
    sql: 'INSERT INTO batches (token, last) SELECT ?, last_insert_rowid() WHERE changes() > 0',
    values: [token],
  });
  await files.write(write);
  const [row] = await files.read('SELECT last FROM batches WHERE token = ?', [token]);
  files.spent.push(token);
  return row === undefined ? undefined : Number(row['last']);
}
