import { setImmediate } from 'node:timers/promises';
import { errors } from '../../errors.ts';
import { loadTables } from '../../load-tables.ts';
import { BESIDE, flatColumns } from '../flat.ts';
import { decimal } from '../look.ts';
import type { SetFiles } from '../set-files.ts';
import { type Shape, widthOf } from '../shape.ts';
import { escapeText, quoteCell } from './escape.ts';
import { type Slice, slicesOf } from './slices.ts';

const TYPES = { csv: 'text/csv', parquet: 'application/vnd.apache.parquet' } as const;

/** @throws DATA_SET_EMPTY */
export async function exportExamples(files: SetFiles, format: 'csv' | 'parquet') {
  const known = await files.shape();
  if (!known) throw errors.DATA_SET_EMPTY({ name: files.name });
  const { rows, slices } = await slicesOf(files, known.shape);
  if (rows.ids.length === 0) throw errors.DATA_SET_EMPTY({ name: files.name });
  let content: AsyncIterable<Uint8Array>;
  if (format === 'csv') content = csv(known.shape, slices());
  else {
    const { examplesAsParquet } = await loadTables();
    content = examplesAsParquet(known.shape, rows.labels, slices());
  }
  return { fileName: `${files.name}.${format}`, type: TYPES[format], content };
}

async function* csv(shape: Shape, slices: AsyncIterable<Slice>): AsyncGenerator<Uint8Array> {
  const { window } = shape;
  const beside = [BESIDE.id, BESIDE.label, BESIDE.time, BESIDE.source, BESIDE.group, ...(window ? [BESIDE.rate] : [])];
  const header = [...beside, ...flatColumns(shape).map((name) => quoteCell(escapeText(name)))];
  yield Buffer.from(`${header.join(',')}\n`);
  const width = widthOf(shape);
  for await (const { ids, labels, times, sources, groups, values, rows } of slices) {
    let text = '';
    for (let row = 0; row < rows; row++) {
      const label = labels[row] ?? null;
      const time = times[row] as number;
      const cells = [
        String(ids[row]),
        label === null ? '' : typeof label === 'number' ? String(label) : quoteCell(escapeText(label)),
        Number.isFinite(time) ? String(time) : '',
        quoteCell(escapeText(sources[row] ?? '')),
        quoteCell(escapeText(groups[row] ?? '')),
        ...(window ? [String(window.rate)] : []),
      ];
      for (let at = row * width; at < (row + 1) * width; at++) cells.push(String(decimal(values[at] as number)));
      text += `${cells.join(',')}\n`;
    }
    yield Buffer.from(text);
    await setImmediate();
  }
}
