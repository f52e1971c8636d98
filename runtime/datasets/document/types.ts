/** Whole rows in memory, on their way into or out of one document. */

export type CellKind = 'number' | 'text' | 'boolean';

export interface DocumentColumn {
  readonly name: string;
  readonly kind: CellKind;
}

/** Of the column's kind; undefined: nothing. Text has no half of a surrogate pair: UTF-8 has no word for it. */
export type DocumentCell = number | string | boolean | undefined;

export interface DocumentTable {
  readonly columns: readonly DocumentColumn[];
  readonly rows: readonly (readonly DocumentCell[])[];
}

export const TABLE_FORMATS = ['csv', 'parquet'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** Of Parquet's pages; Snappy is what every reader knows. */
export const CODECS = ['snappy', 'gzip', 'zstd'] as const;
export type Codec = (typeof CODECS)[number];
