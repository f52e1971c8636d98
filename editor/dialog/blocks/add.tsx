import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { DialogForm } from '../dialog.ts';
import type { BlocksOptions } from './blocks.tsx';
import type { KnownKind } from './recipe.tsx';
import type { BlockWords } from './words.ts';

interface AddProps {
  readonly options: BlocksOptions & { readonly kinds: ReadonlyMap<string, KnownKind> };
  readonly words: BlockWords;
  readonly form: DialogForm;
  add(kind: KnownKind): void;
}

/** A button that opens what can be added, under headings, each with what it is for. */
export function AddBlock({ options, words, form, add }: AddProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const all = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (open) all.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  const onKey = (event: KeyboardEvent) => {
    if (!open || event.key !== 'Escape' || event.ctrlKey || event.metaKey) return;
    event.stopPropagation();
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div class="millrace-add" ref={all} onKeyDown={onKey}>
      <button
        type="button"
        class="red-ui-button red-ui-button-small"
        ref={button}
        data-control="add"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <i class={`fa fa-${open ? 'minus' : 'plus'}`} aria-hidden="true" /> {form.text('label.add')}
      </button>
      {open &&
        options.groups.map(({ label, kinds }) => (
          <section key={label} aria-label={form.text(label)}>
            <h4>{form.text(label)}</h4>
            <div class="millrace-kinds">
              {kinds.map(({ type }) => (
                <button
                  type="button"
                  key={type}
                  data-kind={type}
                  onClick={() => {
                    const kind = options.kinds.get(type);
                    setOpen(false);
                    if (kind) add(kind);
                  }}
                >
                  <strong>{words.name(type)}</strong>
                  <span>{words.about(type)}</span>
                </button>
              ))}
            </div>
          </section>
        ))}
    </div>
  );
}
