import { setImmediate } from 'node:timers/promises';
import { escapeText, quoteCell } from '../data-sets/export/escape.ts';
import type { DocumentCell, DocumentTable } from './types.ts';

/** Rows that are written in a few milliseconds, between which the event loop is free. */
const STEP = 1_000;

/**
 * A table as CSV: a header, commas, UTF-8. A text that a spreadsheet would run as a formula or read as a number begins with an
 * apostrophe.
 *
 * @see RFC 4180
 */
export async function writeCsv({ columns, rows }: DocumentTable): Promise<Uint8Array> {
  const pieces = [`${columns.map(({ name }) => quoteCell(escapeText(name))).join(',')}\n`];
  for (let from = 0; from < rows.length; from += STEP) {
    if (from > 0) await setImmediate();
    let text = '';
    for (const row of rows.slice(from, from + STEP)) text += `${row.map(cellText).join(',')}\n`;
    pieces.push(text);
  }
  return Buffer.from(pieces.join(''));
}

function cellText(cell: DocumentCell): string {
  if (cell === undefined) return '';
  // An empty text is not nothing: databases that read CSV tell them apart by the quotes.
  if (cell === '') return '""';
  return typeof cell === 'string' ? quoteCell(escapeText(cell)) : String(cell);
}
