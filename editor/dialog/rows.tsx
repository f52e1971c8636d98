import { render } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Cell, type Column } from './cell.tsx';
import type { DialogForm, MakeWidget } from './dialog.ts';
import { WORDS } from '../look/words.ts';
import { moved, replaced, without } from './row-edits.ts';

type Row = Readonly<Record<string, unknown>>;

export interface RowsOptions {
  readonly columns: readonly Column[];
  /** A new row, given those that stand already. */
  add(rows: readonly Row[]): Record<string, unknown>;
  /** Fewest rows that may remain. Default 0. */
  readonly least?: number;
  /** For rows that differ in what they hold: each cell has its own label, and those that mean nothing in a row are not there. */
  readonly labelled?: boolean;
  /** A row that was changed, with what it then lacks. */
  complete?(row: Row): Row;
}

/**
 * An editable table for a setting that is a list of objects, operable by keyboard: Tab goes from cell to cell, Alt with
 * the arrow keys moves a row, and each row has buttons that do the same.
 *
 * @example
 * defineDialog({
 *   widgets: { channels: rows({ columns: [{ key: 'name', label: 'label.channel' }], add: () => ({ name: '' }) }) },
 * });
 */
export const rows =
  (options: RowsOptions): MakeWidget =>
  (element, value, form) => {
    const given: readonly Row[] = Array.isArray(value) ? (value as Row[]) : [];
    let held: readonly Row[] = given.map((row) => options.complete?.(row) ?? row);
    const keep = (next: readonly Row[]) => {
      held = next;
    };
    render(<Table options={options} initial={held} form={form} keep={keep} />, element);
    return { value: () => held, close: () => render(null, element) };
  };

interface TableProps {
  readonly options: RowsOptions;
  readonly initial: readonly Row[];
  readonly form: DialogForm;
  keep(rows: readonly Row[]): void;
}

/** Where the focus goes after a change: a row, and a cell or button in it. */
interface Target {
  readonly row: number;
  readonly control: string;
}

function Table({ options, initial, form, keep }: TableProps) {
  const { columns, add, least = 0, labelled = false, complete = (row) => row } = options;
  const [rows, setRows] = useState(initial);
  const [target, setTarget] = useState<Target>();
  const table = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (!target) return;
    const row = table.current?.querySelectorAll('[data-row]')[target.row];
    const wanted = row?.querySelector<HTMLButtonElement>(`[data-control="${target.control}"]`);
    // At either end "up" or "down" is off: the focus must not fall out of the table.
    const reachable = wanted?.disabled === false ? wanted : row?.querySelector<HTMLElement>('input, select, textarea');
    (reachable ?? table.current?.querySelector<HTMLElement>('.millrace-rows-add'))?.focus();
  }, [target]);

  const change = (next: readonly Row[], focus?: Target) => {
    setRows(next);
    keep(next);
    if (focus) setTarget(focus);
  };
  const move = (index: number, by: number, control: string) => {
    const to = index + by;
    if (to >= 0 && to < rows.length) change(moved(rows, index, to), { row: to, control });
  };
  const onKey = (event: KeyboardEvent, index: number, control: string) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(index, event.key === 'ArrowUp' ? -1 : 1, control);
  };
  const first = columns[0]?.key ?? '';
  const grid = `${columns.map(({ width = 1 }) => `minmax(0, ${width}fr)`).join(' ')} auto`;

  return (
    <div
      class={labelled ? 'millrace-rows millrace-rows-labelled' : 'millrace-rows'}
      ref={table}
      role="table"
      style={{ '--millrace-columns': grid }}
    >
      {!labelled && (
        <div class="millrace-rows-row millrace-rows-head" role="row">
          {columns.map(({ key, label }) => (
            <span key={key} role="columnheader">
              {form.text(label)}
            </span>
          ))}
          <span role="columnheader" class="millrace-unseen">
            {WORDS.actions}
          </span>
        </div>
      )}
      {rows.length === 0 && <div class="millrace-rows-none">{WORDS.noRows}</div>}
      {rows.map((row, index) => (
        <div class="millrace-rows-row" role="row" key={index} data-row>
          {(labelled ? columns.filter((column) => column.appliesTo?.(row) !== false) : columns).map((column) => (
            <span
              key={column.key}
              role="cell"
              style={labelled ? { flex: `${column.width ?? 1} 1 ${(column.width ?? 1) * 0.8}em` } : undefined}
            >
              {labelled && <small aria-hidden="true">{form.text(column.label)}</small>}
              <Cell
                column={column}
                value={row[column.key]}
                label={`${form.text(column.label)}, ${WORDS.row(index)}`}
                form={form}
                off={column.appliesTo?.(row) === false}
                onKey={(event) => onKey(event, index, column.key)}
                set={(value) => change(replaced(rows, index, complete({ ...row, [column.key]: value })))}
              />
            </span>
          ))}
          <span role="cell" class="millrace-rows-actions">
            <Action name="up" icon="chevron-up" row={index} off={index === 0} act={() => move(index, -1, 'up')} />
            <Action
              name="down"
              icon="chevron-down"
              row={index}
              off={index === rows.length - 1}
              act={() => move(index, 1, 'down')}
            />
            <Action
              name="remove"
              icon="times"
              row={index}
              off={rows.length <= least}
              act={() => change(without(rows, index), { row: Math.min(index, rows.length - 2), control: 'remove' })}
            />
          </span>
        </div>
      ))}
      <button
        type="button"
        class="red-ui-button red-ui-button-small millrace-rows-add"
        onClick={() => change([...rows, add(rows)], { row: rows.length, control: first })}
      >
        <i class="fa fa-plus" aria-hidden="true" /> {WORDS.add}
      </button>
    </div>
  );
}

interface ActionProps {
  readonly name: 'up' | 'down' | 'remove';
  readonly icon: string;
  readonly row: number;
  readonly off: boolean;
  act(): void;
}

function Action({ name, icon, row, off, act }: ActionProps) {
  return (
    <button
      type="button"
      class="red-ui-button red-ui-button-small"
      data-control={name}
      title={WORDS[name]}
      aria-label={`${WORDS[name]}, ${WORDS.row(row)}`}
      disabled={off}
      onClick={act}
    >
      <i class={`fa fa-${icon}`} aria-hidden="true" />
    </button>
  );
}
