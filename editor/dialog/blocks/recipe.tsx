import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { moved, replaced, without } from '../row-edits.ts';
import type { DialogForm } from '../dialog.ts';
import { Overview, Total } from '../preview/overview.tsx';
import { usePreview } from '../preview/use-preview.ts';
import { AddBlock } from './add.tsx';
import { Block } from './block.tsx';
import type { BlockKind, BlocksOptions } from './blocks.tsx';
import { type BlockProblem, checkBlock } from './check.ts';
import type { Field } from './fields.ts';
import { Starts } from './starts.tsx';
import type { BlockValue } from './summary.ts';
import { blockWords } from './words.ts';

export type KnownKind = BlockKind & { readonly fields: readonly Field[] };

interface RecipeProps {
  readonly options: BlocksOptions & { readonly kinds: ReadonlyMap<string, KnownKind> };
  readonly initial: readonly BlockValue[];
  readonly form: DialogForm;
  keep(blocks: readonly BlockValue[]): void;
}

/** A block in the list: the number stays with it wherever it is moved. */
interface Entry {
  readonly id: number;
  readonly block: BlockValue;
}

/** Where the focus goes after a change. */
interface Target {
  readonly row: number;
  readonly control: string;
}

export function Recipe({ options, initial, form, keep }: RecipeProps) {
  const { kinds, from, watch } = options;
  const next = useRef(0);
  const numbered = (blocks: readonly BlockValue[]): Entry[] => blocks.map((block) => ({ id: next.current++, block }));
  const [entries, setEntries] = useState(() => numbered(initial));
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [target, setTarget] = useState<Target>();
  const list = useRef<HTMLOListElement>(null);
  const words = useMemo(() => blockWords(form), [form]);
  const { preview, problem, again, own } = usePreview(form, from, watch);

  useLayoutEffect(() => {
    if (!target) return;
    const row = list.current?.children[target.row];
    const wanted = row?.querySelector<HTMLButtonElement>(`[data-control="${target.control}"]`);
    // At either end "up" or "down" is off: the focus must not fall out of the list.
    const reachable = wanted?.disabled === false ? wanted : row?.querySelector<HTMLElement>('[data-control="title"]');
    reachable?.focus();
  }, [target]);

  const change = (changed: readonly Entry[], focus?: Target) => {
    setEntries([...changed]);
    keep(changed.map(({ block }) => block));
    again();
    if (focus) setTarget(focus);
  };
  const add = (kind: KnownKind) => {
    const added = numbered([kind.create(rate)]);
    setOpen(new Set([...open, ...added.map(({ id }) => id)]));
    change([...entries, ...added], { row: entries.length, control: 'title' });
  };
  const toggle = (id: number) =>
    setOpen(new Set(open.has(id) ? [...open].filter((each) => each !== id) : [...open, id]));
  const set = (index: number, { id, block }: Entry, parameter: string, value: unknown) => {
    const { [parameter]: _before, ...rest } = block;
    const changed = value === undefined ? (rest as BlockValue) : { ...block, [parameter]: value };
    change(replaced(entries, index, { id, block: changed }));
  };

  const rate = preview?.window.rate ?? 100;
  const channels = preview?.window.channels.map(({ name }) => name) ?? [];
  const more = (hidden: number) => form.text('preview.more', { count: hidden });
  // A model's blocks are known only once the gateway has answered.
  const shown: readonly Entry[] = own ? entries : (preview?.blocks ?? []).map(({ block }, id) => ({ id, block }));
  const problemsOf = ({ block }: Entry, index: number): readonly BlockProblem[] => {
    const kind = kinds.get(block.type);
    const found = own && kind ? checkBlock(kind.schema, block) : [];
    // What the gateway finds is about the whole recipe; what stands in the field is found here first.
    return found.length > 0 || problem?.block !== index ? found : [problem];
  };
  let before = preview?.window.channels ?? [];

  return (
    <div class="millrace-recipe">
      {own && (
        <Starts
          options={options}
          rate={rate}
          form={form}
          blocks={entries}
          replace={(blocks) => change(numbered(blocks))}
          undo={change}
        />
      )}
      <Overview
        preview={preview}
        form={form}
        more={more}
        problem={problem?.block === undefined ? problem : undefined}
      />
      <ol class="millrace-blocks" ref={list}>
        {shown.map((entry, index) => {
          const made = preview?.blocks[index];
          const fits = made?.block.type === entry.block.type ? made : undefined;
          const found = before;
          const kind = kinds.get(entry.block.type);
          before = before.map((line) => fits?.changed?.find(({ name }) => name === line.name) ?? line);
          return (
            <Block
              key={own ? entry.id : `model-${index}`}
              block={entry.block}
              index={index}
              fields={(kind?.fields ?? []).filter(({ key }) => kind?.applies(entry.block, key))}
              words={words}
              everyChannel={form.text('placeholder.channels')}
              channels={channels}
              problems={problemsOf(entry, index)}
              made={fits}
              before={found}
              more={more}
              edits={
                own
                  ? {
                      isFirst: index === 0,
                      isLast: index === entries.length - 1,
                      isOpen: open.has(entry.id),
                      toggle: () => toggle(entry.id),
                      move(by, control) {
                        const to = index + by;
                        if (to >= 0 && to < entries.length) change(moved(entries, index, to), { row: to, control });
                      },
                      remove: () =>
                        change(without(entries, index), {
                          row: Math.min(index, entries.length - 2),
                          control: 'remove',
                        }),
                      set: (parameter, value) => set(index, entry, parameter, value),
                    }
                  : undefined
              }
            />
          );
        })}
      </ol>
      {own && <AddBlock options={options} words={words} form={form} add={add} />}
      {preview && <Total preview={preview} form={form} />}
    </div>
  );
}
