import { newId } from '../../../base/index.ts';
import type { SqlValue } from '../../../storage/index.ts';
import { errors } from '../../errors.ts';
import { addable, firstShape, prepare, type Ready, roomIn } from '../add.ts';
import { sweep } from '../edit.ts';
import { chunkRows } from '../flush.ts';
import { type SetFiles, writeChunk } from '../set-files.ts';
import { type Shape, widthOf } from '../shape.ts';
import type { NewExample } from '../types.ts';

/** Examples that land all together, or not at all: until then nobody sees them. */
export interface Landing {
  /** @throws EXAMPLE_SHAPE_DIFFERS, EXAMPLE_INVALID of this one; DATA_SET_FULL, DATA_SET_UNWRITABLE end it all */
  take(example: NewExample): Promise<void>;
  readonly taken: number;
  land(): Promise<void>;
  /** Takes back what has been written. */
  leave(): Promise<void>;
}

export async function createLanding(files: SetFiles): Promise<Landing> {
  addable(files);
  const token = newId();
  let known: { readonly shape: Shape; readonly text: string } | undefined;
  let room: Awaited<ReturnType<typeof roomIn>> | undefined;
  let waiting: Ready[] = [];
  let place = 0;
  let taken = 0;
  await files.write([
    { sql: 'INSERT INTO arrivals (token, started) VALUES (?, ?)', values: [token, files.clock.now()] },
  ]);

  const write = async (shape: Shape) => {
    if (waiting.length === 0) return;
    const width = widthOf(shape);
    const values = new Float32Array(waiting.length * width);
    waiting.forEach((each, row) => values.set(each.values, row * width));
    const { chunk, statement } = await writeChunk(files, shape, waiting.length, values);
    const cells = waiting.map(({ label, time, source, group, digest }, row): SqlValue[] => {
      return [token, place + row, label, time, source, group, digest, chunk, row];
    });
    await files.write([
      statement,
      {
        sql: `INSERT INTO arriving (token, place, label, time, source, run, digest, chunk, row)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        rows: cells,
      },
    ]);
    place += waiting.length;
    waiting = [];
  };
  const forget = [
    { sql: 'DELETE FROM arriving WHERE token = ?', values: [token] },
    { sql: 'DELETE FROM arrivals WHERE token = ?', values: [token] },
  ];

  return {
    async take(example) {
      known ??= (await files.shape()) ?? (await firstShape(files, example));
      room ??= await roomIn(files, known.shape);
      const ready = prepare(files, known.shape, example);
      if (taken >= room.examples) throw room.full();
      waiting.push(ready);
      taken++;
      if (waiting.length >= chunkRows(known.shape)) await write(known.shape);
    },
    get taken() {
      return taken;
    },
    async land() {
      if (known) await write(known.shape);
      const landed = await files.write([
        {
          sql: `INSERT INTO examples (label, time, source, run, digest, added, chunk, row)
                  SELECT label, time, source, run, digest, ?, chunk, row FROM arriving
                  WHERE token = ? AND EXISTS (SELECT 1 FROM meta WHERE key = 'shape' AND value = ?) ORDER BY place`,
          values: [files.clock.now(), token, known?.text ?? ''],
        },
        ...forget,
      ]);
      if (landed < taken) throw errors.DATA_SET_UNREADABLE({ name: files.name, reason: 'it was emptied meanwhile' });
    },
    async leave() {
      await files.write(forget);
      await sweep(files);
    },
  };
}
