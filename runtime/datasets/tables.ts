/**
 * CSV and Parquet: what reads and writes them weighs more than the rest of the room, so it is loaded by
 * `loadTables` where the first such file is met.
 */
export { digestOf, encodeChunk, readChunk, writeWhole } from './data-sets/chunk-file.ts';
export { decodeVersion, encodeVersion } from './data-sets/version-file.ts';
export { examplesAsParquet } from './data-sets/export/parquet-file.ts';
export { readJsonTable } from './data-sets/import/json-table.ts';
export { readCsv } from './csv/read.ts';
export { readCsvColumns } from './document/read-csv.ts';
export { readParquetColumns } from './document/read-parquet.ts';
export { writeCsv } from './document/write-csv.ts';
export { writeParquet } from './document/write-parquet.ts';
export { convertToParquet } from './parquet/convert.ts';
export { openParquet } from './parquet/file.ts';
export { readForeignParquet } from './parquet/read-foreign.ts';
export { headerOf, readParquet } from './parquet/read.ts';
export { tableMessages } from './table/messages.ts';
