import type { Tally } from '../tally.ts';
import type { ReadOptions, RecordedMessage } from '../types.ts';
import { type Choice, chooseColumns } from './choose-columns.ts';
import { parseNumber } from './number.ts';
import type { Cell, Row, Table } from './table.ts';
import { createTimeReader, type TimeReader } from './time.ts';

/** Rows looked at before it is said what the columns are. */
const SAMPLE = 200;

/**
 * A table's rows as messages: one channel gives a number as payload, several an object. An empty cell is a channel that the
 * message does not have. A row with a text where a number belongs, without a time, or without any value is left out and told
 * to the tally. `time` is what the file says, in ms.
 *
 * @throws RECORDING_NO_TIME, RECORDING_NO_NUMBERS
 */
export async function* tableMessages(
  table: Table,
  options: ReadOptions,
  tally: Tally,
): AsyncGenerator<RecordedMessage> {
  const rows = table.rows[Symbol.asyncIterator]();
  try {
    const sample: Row[] = [];
    while (sample.length < SAMPLE) {
      const next = await rows.next();
      if (next.done) break;
      sample.push(next.value);
    }
    if (sample.length === 0) return;
    const choice = chooseColumns(table, sample, options);
    const column = table.columns[choice.time];
    const unit = column?.kind === 'timestamp' ? 'ms' : (options.timeUnit ?? 'auto');
    const time = column ? createTimeReader(column.name, unit) : undefined;
    const read = createRowReader(choice, time, 1000 / (options.rate ?? 1), tally);
    for (const row of sample) {
      const message = read(row);
      if (message) yield message;
    }
    for (;;) {
      const next = await rows.next();
      if (next.done) return;
      const message = read(next.value);
      if (message) yield message;
    }
  } finally {
    await rows.return?.();
  }
}

/** @param period ms between rows, where no column tells the time */
function createRowReader(choice: Choice, readTime: TimeReader | undefined, period: number, tally: Tally) {
  let start: number | undefined;
  let count = 0;
  const single = choice.channels.length === 1;

  const timeOf = ({ cells, where, index }: Row): number | undefined => {
    if (!readTime) return (index ?? count++) * period;
    const cell = cells[choice.time];
    const time = cell === undefined ? undefined : readTime(cell);
    if (time === undefined) tally.refuse(where, cell === undefined ? 'says no time' : `"${short(cell)}" is no time`);
    return time;
  };

  const payloadOf = ({ cells, where }: Row): number | Record<string, number> | undefined => {
    const payload: Record<string, number> = {};
    let any = false;
    for (const { index, name } of choice.channels) {
      const cell = cells[index];
      if (cell === undefined) {
        tally.counts.empty++;
        continue;
      }
      const value = typeof cell === 'number' ? cell : parseNumber(cell);
      if (value === undefined) {
        tally.refuse(where, `"${name}" is "${short(cell)}", no number`);
        return undefined;
      }
      if (single) return value;
      payload[name] = value;
      any = true;
    }
    if (any) return payload;
    tally.refuse(where, 'holds no value');
    return undefined;
  };

  return (row: Row): RecordedMessage | undefined => {
    const time = timeOf(row);
    if (time === undefined) return undefined;
    const payload = payloadOf(row);
    if (payload === undefined) return undefined;
    start ??= time;
    const message: Record<string, unknown> = { payload, time };
    for (const { index, property } of choice.beside) {
      const cell = row.cells[index];
      if (cell !== undefined) message[property] = cell;
    }
    return { at: time - start, message };
  };
}

const short = (cell: Cell) => String(cell).slice(0, 30);
