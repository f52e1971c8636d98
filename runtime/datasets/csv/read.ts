import { createReadStream } from 'node:fs';
import { pipeline, Transform } from 'node:stream';
import { type CsvError, type Info, parse } from 'csv-parse';
import { errors } from '../errors.ts';
import { lineBytes } from '../limits.ts';
import { parseNumber } from '../table/number.ts';
import type { Cell, Row, Table } from '../table/table.ts';
import { parseDate } from '../table/time.ts';
import type { Tally } from '../tally.ts';
import { type Encoding, encodingOf } from './encoding.ts';
import { sniffDelimiter } from './sniff.ts';

/** Words that programs write for a value that is not there. */
const EMPTY = /^(|null|none|na|n\/a|-)$/i;

interface Parsed {
  readonly record: readonly string[];
  readonly info: Info;
}

/**
 * A CSV file as a table, read in pieces, in UTF-8, UTF-16 with its mark, or Windows-1252. The first line is a header unless all of it are numbers and dates; columns without a
 * name are `c1`, `c2` …, those of one name `x`, `x_2` … Lines that begin with `#` are comments. A line that has not as many cells as the first is told to the
 * tally.
 *
 * @param words a word for nothing, such as "none", is a cell like others: it may be a label
 * @throws RECORDING_UNREADABLE
 */
export async function readCsv(path: string, tally: Tally, delimiter?: string, words = false): Promise<Table> {
  const encoding = await encodingOf(path);
  const parsed = records(path, encoding, delimiter ?? (await sniffDelimiter(path, encoding)), tally);
  const first = await parsed.next();
  if (first.done) return { path, columns: [], rows: nothing() };
  const { record } = first.value;
  const headed = !record.every((cell) => EMPTY.test(cell) || parseNumber(cell) !== undefined || isDate(cell));
  const names = distinct(record.map((name, index) => (headed && name !== '' ? name : `c${index + 1}`)));
  const columns = names.map((name) => ({ name, kind: 'text' as const }));
  const begun = headed ? undefined : first.value;
  return { path, columns, rows: rows(parsed, begun, columns.length, tally, words) };
}

/** The second column of a name is `name_2`: neither may take the other's place. */
function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let turn = 2; taken.has(own); turn++) own = `${name}_${turn}`;
    taken.add(own);
    return own;
  });
}

const isDate = (cell: string) => parseDate(cell) !== undefined;

async function* nothing(): AsyncGenerator<Row> {}

async function* rows(
  parsed: AsyncGenerator<Parsed>,
  begun: Parsed | undefined,
  width: number,
  tally: Tally,
  words: boolean,
): AsyncGenerator<Row> {
  let index = 0;
  if (begun) yield toRow(begun, index++, words);
  for await (const each of parsed) {
    const { record, info } = each;
    // A comma at the end of each line is common.
    const spare = record.slice(width).every((cell) => cell === '');
    if (record.length < width || !spare) tally.refuse(`line ${info.lines}`, `has ${record.length} cells, not ${width}`);
    else yield toRow(each, index, words);
    // One that is left out has its place all the same: where rows have no time, it has.
    index++;
  }
}

const toRow = ({ record, info }: Parsed, index: number, words: boolean): Row => ({
  index,
  cells: record.map((cell): Cell => ((words ? cell === '' : EMPTY.test(cell)) ? undefined : cell)),
  where: `line ${info.lines}`,
});

async function* records(path: string, encoding: Encoding, delimiter: string, tally: Tally): AsyncGenerator<Parsed> {
  const parser = parse({
    delimiter,
    bom: true,
    trim: true,
    info: true,
    comment: '#',
    comment_no_infix: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: lineBytes.value,
  });
  parser.on('skip', (error: CsvError & { lines?: number }) => tally.refuse(`line ${error.lines ?? 0}`, error.message));
  const file = createReadStream(path);
  // Its error is the parser's, which is read below.
  pipeline(file, decoded(encoding), parser, () => undefined);
  try {
    for await (const each of parser as AsyncIterable<Parsed>) yield each;
  } catch (cause) {
    throw errors.RECORDING_UNREADABLE(
      { path, reason: cause instanceof Error ? cause.message : String(cause) },
      { cause },
    );
  } finally {
    file.destroy();
    parser.destroy();
  }
}

/** Bytes of an encoding, as UTF-8. */
function decoded(encoding: Encoding): Transform {
  const decoder = new TextDecoder(encoding);
  return new Transform({
    transform: (piece: Buffer, _, done) => done(null, decoder.decode(piece, { stream: true })),
    flush: (done) => done(null, decoder.decode()),
  });
}
