import type { Compression, Format } from '../../schema.ts';

const PACKED: Record<Compression, string> = { none: '', gzip: '.gz', zstd: '.zst' };

/**
 * The end of a document's file name. A Parquet file packs its own pages, so that its name says nothing of it.
 *
 * @example
 * extensionOf({ format: 'jsonl', compression: 'gzip' }); // '.jsonl.gz'
 */
export const extensionOf = ({ format, compression }: { readonly format: Format; readonly compression: Compression }) =>
  `.${format}${format === 'parquet' ? '' : PACKED[compression]}`;

/**
 * What a file name says of its document.
 *
 * @example
 * formatOf('2026-11-21/live-1.csv.zst'); // { format: 'csv', compression: 'zstd' }
 */
export function formatOf(name: string): { readonly format: Format; readonly compression: Compression } | undefined {
  const found = /\.(json|jsonl|csv|parquet)(?:\.(gz|zst))?$/.exec(name);
  if (!found) return undefined;
  const compression = found[2] === 'gz' ? 'gzip' : found[2] === 'zst' ? 'zstd' : 'none';
  const format = found[1] as Format;
  return format === 'parquet' && compression !== 'none' ? undefined : { format, compression };
}
