import { useId, useState } from 'preact/hooks';
import type { DialogForm } from '../dialog.ts';
import { type ComponentTable, found, grouped } from './table.ts';

interface SearchProps {
  readonly table: ComponentTable;
  /** What is chosen now. */
  readonly kind: string;
  readonly form: DialogForm;
  choose(kind: string): void;
}

/** The kinds of a table, found by typing: what is chosen is always among what matches, and said. */
export function KindSearch({ table, kind, form, choose }: SearchProps) {
  const [search, setSearch] = useState('');
  const id = useId();
  const matches = grouped(table, search);
  const count = matches.reduce((sum, [, rows]) => sum + rows.length, 0);
  const searching = search.trim() !== '';
  const label = table[kind]?.label ?? kind;
  const type = (next: string) => {
    setSearch(next);
    const better = found(table, next, kind);
    if (better !== kind) choose(better);
  };
  const press = (event: KeyboardEvent) => {
    // With these, Node-RED's own: done, and cancel.
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      const first = matches[0]?.[1][0]?.[0];
      if (searching && first !== undefined && first !== kind) choose(first);
    }
    if (event.key === 'Escape' && search !== '') {
      // Node-RED closes the dialog on an Escape that it hears.
      event.preventDefault();
      event.stopPropagation();
      setSearch('');
    }
  };
  return (
    <>
      <label for={`${id}-search`}>{form.text('component.search')}</label>
      <input
        id={`${id}-search`}
        type="search"
        value={search}
        autocomplete="off"
        placeholder={form.text('component.searchExample')}
        aria-describedby={`${id}-found`}
        onInput={({ currentTarget }) => type(currentTarget.value)}
        onKeyDown={press}
      />
      <div id={`${id}-found`} role="status" class="millrace-component-found">
        {searching && form.text(count > 0 ? 'component.found' : 'component.foundNone', { count, label })}
      </div>
      <label for={`${id}-kind`}>{form.text('label.kind')}</label>
      <select id={`${id}-kind`} value={kind} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {count === 0 && <option value={kind}>{label}</option>}
        {matches.map(([group, rows]) => (
          <optgroup key={group} label={group}>
            {rows.map(([each, row]) => (
              <option key={each} value={each}>
                {row.label}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </>
  );
}
