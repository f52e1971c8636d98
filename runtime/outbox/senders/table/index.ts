export { GAP, MESSAGE, type TableColumn, whyForeign } from './form.ts';
export { type GapRow, type Holds, type MessageRow, type Rows, rowsOf } from './rows.ts';
export { type TableNames, tableNames } from './table-names.ts';
