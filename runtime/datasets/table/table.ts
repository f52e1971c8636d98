/** A file of another program: rows with columns. */

/** `number`: of its kind already · `timestamp`: ms since the epoch · `text`: may be a number or a time in words. */
export type CellKind = 'number' | 'timestamp' | 'text';

export interface Column {
  readonly name: string;
  readonly kind: CellKind;
}

/** undefined: empty */
export type Cell = number | string | undefined;

export interface Row {
  readonly cells: readonly Cell[];
  /** For people: `line 12`. */
  readonly where: string;
  /** Its place among the rows of the file, those included that are left out. Default: as they come. */
  readonly index?: number;
}

export interface Table {
  readonly path: string;
  readonly columns: readonly Column[];
  readonly rows: AsyncIterable<Row>;
}
