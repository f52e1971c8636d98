import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { unescapeText } from '../data-sets/export/escape.ts';
import { errors } from '../errors.ts';
import { lineBytes } from '../limits.ts';
import type { DocumentCell } from './types.ts';

/**
 * Some columns of a CSV document that `writeCsv` wrote. What is not a text there comes as its text: the caller knows the kinds.
 *
 * @param path for messages
 * @throws RECORDING_UNREADABLE
 */
export async function* readCsvColumns(
  bytes: Uint8Array,
  names: readonly string[],
  path: string,
): AsyncGenerator<readonly DocumentCell[]> {
  const parser = parse({ max_record_size: lineBytes.value });
  Readable.from([Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)]).pipe(parser);
  let places: readonly number[] | undefined;
  try {
    for await (const record of parser as AsyncIterable<readonly string[]>) {
      if (!places) {
        const header = record.map(unescapeText);
        places = names.map((name) => header.indexOf(name));
        continue;
      }
      yield places.map((place) => {
        const cell = record[place] ?? '';
        return cell === '' ? undefined : unescapeText(cell);
      });
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw errors.RECORDING_UNREADABLE({ path, reason }, { cause });
  } finally {
    parser.destroy();
  }
}
