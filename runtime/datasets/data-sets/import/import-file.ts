import { open } from 'node:fs/promises';
import { type MillraceError, asMillraceError } from '../../../base/index.ts';
import type { TruthLabel } from '../../../messages/index.ts';
import { errors } from '../../errors.ts';
import { parseHeader } from '../../jsonl/header.ts';
import { markedEncoding } from '../../csv/encoding.ts';
import { loadTables } from '../../load-tables.ts';
import { openFiles } from '../../open-recording.ts';
import { createTally } from '../../tally.ts';
import type { Table } from '../../table/table.ts';
import type { SetFiles } from '../set-files.ts';
import { isWindow } from '../shape.ts';
import type { Imported, ImportOptions, NewExample } from '../types.ts';
import { createLanding } from './landing.ts';
import { type Candidate, tableExamples } from './table-examples.ts';

/** Problems that are named; of each kind one. */
const NAMED = 10;
/** These concern one row; the next may be well. */
const OF_ONE = new Set(['EXAMPLE_INVALID', 'EXAMPLE_SHAPE_DIFFERS', 'EXAMPLE_LABEL_INVALID']);

/**
 * Takes the rows of a file into a data set: all that can be taken, at once when the last is read, or none where reading or
 * writing fails.
 *
 * @throws DATA_IMPORT_EMPTY, DATA_IMPORT_COLUMN, DATA_SET_FULL, RECORDING_UNREADABLE and the like
 */
export async function importFile(
  files: SetFiles,
  path: string | readonly string[],
  options: ImportOptions,
): Promise<Imported> {
  const problems = new Map<string, MillraceError>();
  let refused = 0;
  const refuse: Refuse = (where, message, hint = '', kind = message) => {
    refused++;
    if (problems.size < NAMED && !problems.has(kind))
      problems.set(kind, errors.DATA_IMPORT_ROW({ where, message, hint }));
  };
  const note = (error: MillraceError) => problems.set(error.code, error);
  const landing = await createLanding(files);
  try {
    for await (const { where, example } of candidates(path, options, refuse, note)) {
      try {
        await landing.take(example());
      } catch (thrown) {
        const error = asMillraceError(thrown);
        if (!OF_ONE.has(error.code)) throw error;
        // One of each kind is named: what differs is the value.
        refuse(where, error.message, error.hint, `${error.code} ${error.message.split(' is ')[0] ?? ''}`);
      }
    }
    const [first] = problems.values();
    if (landing.taken === 0)
      throw errors.DATA_IMPORT_EMPTY({ path: options.fileName, refused, first: first?.message ?? '' });
    await landing.land();
  } catch (error) {
    await landing.leave().catch(() => undefined);
    throw error;
  }
  const told = [...problems.values()].map(({ code, message, hint }) => ({ code, message, hint }));
  return { name: files.name, added: landing.taken, refused, problems: told };
}

type Refuse = (where: string, message: string, hint?: string, kind?: string) => void;
type Note = (error: MillraceError) => void;

async function* candidates(
  given: string | readonly string[],
  options: ImportOptions,
  refuse: Refuse,
  note: Note,
): AsyncGenerator<Candidate> {
  if (typeof given !== 'string' && given.length > 1) {
    yield* recorded(given, options, refuse);
    return;
  }
  const path = typeof given === 'string' ? given : (given[0] ?? '');
  const head = await headOf(path);
  const tables = await loadTables();
  const broken = (where: string, problem: string) => refuse(where, problem);
  const ofTable = (table: Table) =>
    tableExamples({ ...table, path: options.fileName }, options, (chosen) => {
      if (chosen.left.length > 0) note(errors.DATA_IMPORT_LEFT({ columns: chosen.left }));
      if (chosen.label === -1 && options.label === undefined)
        note(errors.DATA_IMPORT_UNLABELLED({ path: options.fileName }));
    });
  if (head.startsWith('PAR1')) {
    await using parquet = await tables.openParquet(path);
    if (tables.headerOf(parquet)) yield* recorded([path], options, refuse);
    else yield* ofTable(tables.readForeignParquet(parquet));
    return;
  }
  if (/^(\uFEFF)?\s*\{/.test(head)) {
    if (parseHeader(head.slice(0, head.indexOf('\n')).replace('\uFEFF', ''), path))
      yield* recorded([path], options, refuse);
    else yield* ofTable(await tables.readJsonTable(path, broken));
    return;
  }
  const tally = createTally(options.fileName);
  const refusals = { ...tally, refuse: broken };
  yield* ofTable(await tables.readCsv(path, refusals, undefined, true));
}

/** @throws RECORDING_UNREADABLE */
async function headOf(path: string): Promise<string> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw errors.RECORDING_UNREADABLE(
      { path, reason: cause instanceof Error ? cause.message : String(cause) },
      { cause },
    );
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    const head = buffer.subarray(0, bytesRead).toString('utf8');
    if (head.includes('\0') && !head.startsWith('PAR1') && !markedEncoding(buffer)) {
      throw errors.RECORDING_UNREADABLE({ path, reason: 'it is neither text nor Parquet' });
    }
    return head;
  } finally {
    await file.close();
  }
}

/** The messages of a recording: features or windows. */
async function* recorded(paths: readonly string[], options: ImportOptions, refuse: Refuse): AsyncGenerator<Candidate> {
  const recording = await openFiles(paths, options.fileName);
  let number = 0;
  for await (const { message } of recording.messages()) {
    const where = `message ${++number}`;
    yield { where, example: () => exampleOf(message, options) };
  }
  const [first] = recording.problems;
  for (let row = 0; row < recording.counts.refused; row++)
    refuse(options.fileName, first?.message ?? '', first?.hint, 'recording');
}

function exampleOf(message: Readonly<Record<string, unknown>>, options: ImportOptions): NewExample {
  const { payload, time, source, recipe } = message;
  if (!isPayload(payload)) {
    const value = typeof payload === 'number' ? 'a single reading' : 'neither features nor a window';
    throw errors.EXAMPLE_INVALID({ column: 'payload', value });
  }
  const { labelColumn = 'truth', groupColumn } = options;
  const label = options.label ?? message[labelColumn] ?? (labelColumn === 'truth' ? message['label'] : undefined);
  const group = groupColumn === undefined ? undefined : message[groupColumn];
  return {
    payload,
    source: typeof source === 'string' ? source : options.fileName,
    group: typeof group === 'string' || typeof group === 'number' ? String(group) : options.fileName,
    ...(label !== undefined && label !== null && { label: label as TruthLabel }),
    ...(typeof time === 'number' && { time }),
    ...(typeof recipe === 'string' && { recipe }),
  };
}

function isPayload(payload: unknown): payload is NewExample['payload'] {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return false;
  if (isWindow(payload as NewExample['payload'])) {
    const { data, shape } = payload as { data?: unknown; shape?: unknown };
    return (Array.isArray(data) || data instanceof Float32Array) && Array.isArray(shape);
  }
  return Object.values(payload).every((value) => typeof value === 'number');
}
