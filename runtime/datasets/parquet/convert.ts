import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { readJsonl, readJsonlHeader } from '../jsonl/read.ts';
import { createTally } from '../tally.ts';
import { columnsOf, schemaOf } from './columns.ts';
import { type Cells, createSurvey, toCells } from './layout.ts';

/** Rows in a group: a few milliseconds of work, between which the event loop is free. */
const GROUP = 4096;
/** Of lists in a group, so that a group of windows is no larger than one of readings. */
const GROUP_NUMBERS = 131_072;

/** Under this key of the file's metadata stands the recording's header. */
export const METADATA = 'millrace';

/**
 * Turns a JSONL file into a Parquet file beside it, and removes it: `x.jsonl` becomes `x.parquet`. Until the Parquet file is
 * whole and on disk it has another name, so that a crash loses nothing. Reads the file twice, in pieces. A file with lines
 * that cannot be read stays what it is.
 *
 * @returns the bytes of the file that is there then
 */
export async function convertToParquet(from: string, to: string): Promise<number> {
  const { becomes: _, ...header } = await readJsonlHeader(from);
  const survey = createSurvey();
  const tally = createTally(from);
  for await (const { message } of readJsonl(from, tally)) survey.look(message);
  if (tally.counts.refused > 0) return await leaveAsItIs(from);
  const layout = survey.layout();

  const unfinished = `${to}.tmp`;
  const handle = await open(unfinished, 'w');
  let bytes: number;
  try {
    const output = new HandleWriter(handle);
    const writer = new ParquetWriter({
      writer: output,
      schema: schemaOf(layout),
      statistics: false,
      kvMetadata: [
        { key: METADATA, value: JSON.stringify({ ...header, ...(tally.cutAt !== undefined && { cut: tally.cutAt }) }) },
      ],
      createdBy: 'millrace',
    });
    const places = new Map(layout.channels.map((name, index) => [name, index]));
    let at: number[] = [];
    let cells: Cells[] = [];
    let numbers = 0;
    const finishGroup = async () => {
      if (cells.length > 0)
        await writer.write({ columnData: columnsOf(layout, at, cells), rowGroupSize: cells.length });
      at = [];
      cells = [];
      numbers = 0;
    };
    for await (const recorded of readJsonl(from, createTally(from))) {
      const row = toCells(recorded.message, places);
      at.push(recorded.at);
      cells.push(row);
      numbers += row.data?.length ?? 0;
      if (cells.length >= GROUP || numbers >= GROUP_NUMBERS) await finishGroup();
    }
    await finishGroup();
    await writer.finish();
    await output.flush();
    await handle.sync();
    bytes = (await handle.stat()).size;
  } catch (error) {
    await handle.close();
    await rm(unfinished, { force: true });
    throw error;
  }
  await handle.close();
  await rename(unfinished, to);
  await rm(from);
  return bytes;
}

const BECOMES = '"becomes":"parquet"';

/** Lines that cannot be read now might be mended by a person: the file stays, and is not tried again at every start. */
async function leaveAsItIs(path: string): Promise<number> {
  const file = await open(path, 'r+');
  try {
    const head = Buffer.alloc(4096);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    const at = head.subarray(0, bytesRead).indexOf(BECOMES);
    // As many bytes as before.
    if (at >= 0) await file.write(BECOMES.replace('parquet', 'nothing'), at);
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

/** Writes to a file at the end of each row group; what follows the last one is written by a last `flush`. */
class HandleWriter extends ByteWriter {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    super(1 << 16);
    this.#handle = handle;
  }

  async flush(): Promise<void> {
    const bytes = this.getBytes();
    let done = 0;
    while (done < bytes.length) done += (await this.#handle.write(bytes, done)).bytesWritten;
    this.index = 0;
  }
}
