import type { DialogForm } from './dialog.ts';

/** One column of an editable table. `label` is a key of the node's locale.json. */
export interface Column {
  /** The property of a row that it edits. */
  readonly key: string;
  readonly label: string;
  /** `choice` is a select, `lines` a text of several lines. Default: `text`. */
  readonly type?: 'text' | 'lines' | 'number' | 'choice' | 'flag';
  /** Of a choice: values, or values with the locale key of what is shown. */
  readonly options?: readonly (string | { readonly value: string; readonly label: string })[];
  readonly min?: number;
  readonly max?: number;
  readonly step?: number | 'any';
  /** In parts of the table's width. Default 1. */
  readonly width?: number;
  /** A key of the locale. */
  readonly placeholder?: string;
  /** Whether it means anything in this row; where not, it cannot be filled in. Default: in every row. */
  appliesTo?(row: Readonly<Record<string, unknown>>): boolean;
}

/** What a cell can hold: a list or an object is edited elsewhere. */
const shown = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

interface CellProps {
  readonly column: Column;
  readonly value: unknown;
  readonly label: string;
  readonly form: DialogForm;
  /** It means nothing in this row. */
  readonly off: boolean;
  onKey(event: KeyboardEvent): void;
  set(value: unknown): void;
}

export function Cell({ column, value, label, form, off, onKey, set }: CellProps) {
  const shared = { 'aria-label': label, 'data-control': column.key, onKeyDown: onKey, disabled: off };
  switch (column.type) {
    case 'choice':
      return (
        <select {...shared} value={shown(value)} onChange={(event) => set(event.currentTarget.value)}>
          {(column.options ?? []).map((option) =>
            typeof option === 'string' ? (
              <option key={option} value={option}>
                {option}
              </option>
            ) : (
              <option key={option.value} value={option.value}>
                {form.text(option.label)}
              </option>
            ),
          )}
        </select>
      );
    case 'flag':
      return (
        <input
          {...shared}
          type="checkbox"
          checked={value === true}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      );
    case 'number':
      return (
        <input
          {...shared}
          type="number"
          min={column.min}
          max={column.max}
          step={column.step ?? 'any'}
          value={shown(value)}
          // A field that is being emptied is no 0.
          onInput={({ currentTarget }) => set(currentTarget.value === '' ? '' : currentTarget.valueAsNumber)}
        />
      );
    case 'lines':
      return (
        <textarea
          {...shared}
          rows={3}
          value={off ? '' : shown(value)}
          placeholder={column.placeholder && !off ? form.text(column.placeholder) : undefined}
          onInput={(event) => set(event.currentTarget.value)}
        />
      );
    case 'text':
    case undefined:
      return (
        <input
          {...shared}
          type="text"
          value={off ? '' : shown(value)}
          placeholder={column.placeholder && !off ? form.text(column.placeholder) : undefined}
          onInput={(event) => set(event.currentTarget.value)}
        />
      );
  }
}
