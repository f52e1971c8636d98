import { render } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import type { DialogForm, MakeWidget } from '../dialog.ts';
import { OptionField } from './option.tsx';
import { fitted, problems, wiredTo } from './judge.ts';
import { PinField } from './pin.tsx';
import { KindSearch } from './search.tsx';
import { type PlannedBoard, useBoard } from './use-board.ts';
import { type ComponentSettings, type ComponentTable, hex, isLike } from './table.ts';

export interface ComponentEditor {
  /** The widget of the setting `kind`. */
  readonly widget: MakeWidget;
  /** What Done saves besides the kind: `pins`, `address`, `options`. */
  save(): Omit<ComponentSettings, 'kind'>;
}

interface ComponentOptions {
  readonly table: ComponentTable;
  /** The node's settings in today's shape. */
  saved(node: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  /** What a board will be, by its config node; an empty one is the built-in board. */
  plannedBoard: PlannedBoard;
  /** What else there is to say of what was chosen: sentences. */
  about?(settings: ComponentSettings, form: DialogForm): readonly string[];
  /** Hears which kind is chosen, now and when it changes. */
  onKind?(kind: string, form: DialogForm): void;
}

/**
 * The dialog of a component, drawn from its table: what it is, a field for each of its wires, its address and its options,
 * and at once what is wrong with them on the chosen board.
 *
 * @example
 * const table = { lamp: { label: 'lamp', group: 'lights', pins: [] } };
 * const editor = component({ table, saved: (node) => node, plannedBoard: () => undefined });
 * defineDialog({ widgets: { kind: editor.widget }, save: () => editor.save() });
 */
export function component({ table, saved, plannedBoard, about, onKind }: ComponentOptions): ComponentEditor {
  let held: ComponentSettings = { kind: '', pins: [], address: 0, options: {} };
  return {
    widget(element, value, form) {
      const { pins, address, options } = saved(form.node);
      const kind = typeof value === 'string' && value in table ? value : (Object.keys(table)[0] ?? '');
      held = {
        kind,
        pins: Array.isArray(pins) ? pins.map(String) : (table[kind]?.pins ?? []).map(({ standard }) => standard),
        address: Number(address ?? 0),
        options: (options ?? {}) as ComponentSettings['options'],
      };
      const keep = (next: ComponentSettings) => {
        const changed = next.kind !== held.kind;
        held = next;
        if (changed) onKind?.(next.kind, form);
      };
      render(<Editor {...{ table, plannedBoard, form, about, keep }} initial={held} />, element);
      onKind?.(kind, form);
      return { value: () => held.kind, close: () => render(null, element) };
    },
    save: () => ({ pins: held.pins, address: held.address, options: held.options }),
  };
}

interface EditorProps {
  readonly table: ComponentTable;
  readonly initial: ComponentSettings;
  readonly form: DialogForm;
  readonly plannedBoard: PlannedBoard;
  readonly about: ComponentOptions['about'];
  keep(settings: ComponentSettings): void;
}

function Editor({ table, initial, form, plannedBoard, about, keep }: EditorProps) {
  const [settings, setSettings] = useState(initial);
  const board = useBoard(form, plannedBoard);
  const id = useId();
  const change = (next: ComponentSettings) => {
    setSettings(next);
    keep(next);
  };
  const row = table[settings.kind];
  // Pins that nobody has chosen go to where the scene of the board has such a thing.
  useEffect(() => {
    if (!row || !board?.inputs) return;
    const untouched = row.pins.every(({ standard }, index) => settings.pins[index] === standard);
    const wired = board.inputs.filter(({ kind }) => kind === settings.kind);
    if (untouched && wired.length >= row.pins.length && !wired.some(({ pin }) => settings.pins.includes(pin))) {
      change({ ...settings, pins: fitted(settings.kind, row, board).pins });
    }
  }, [board, settings.kind]);
  const choose = (kind: string) => {
    const chosen = table[kind];
    // Back at what is saved, its wires and options are as they were.
    if (chosen) change(kind === initial.kind ? initial : fitted(kind, chosen, board));
  };
  if (!row) return null;
  const wrong = problems(row, settings, board);
  const there = board?.chips?.find(
    (chip) => isLike(row, chip.chip) && chip.address === (settings.address || row.addresses?.[0]),
  );
  const onPin = wiredTo(board).find(({ pin, kind }) => kind === settings.kind && settings.pins.includes(pin));

  return (
    <div class="millrace-component">
      <KindSearch {...{ table, form, choose }} kind={settings.kind} />
      {row.pins.map((role, index) => (
        <PinField
          key={`${settings.kind} ${role.role}`}
          role={role}
          label={row.pins.length === 1 ? form.text('label.pin') : form.text('component.pin', { wire: role.label })}
          value={settings.pins[index] ?? ''}
          board={board}
          onChange={(pin) =>
            change({ ...settings, pins: row.pins.map((_, at) => (at === index ? pin : (settings.pins[at] ?? ''))) })
          }
        />
      ))}
      {(row.addresses?.length ?? 0) > 0 && (
        <>
          <label for={`${id}-address`}>{form.text('component.address')}</label>
          <select
            id={`${id}-address`}
            value={String(settings.address || row.addresses?.[0])}
            onChange={({ currentTarget }) => change({ ...settings, address: Number(currentTarget.value) })}
          >
            {row.addresses?.map((address, index) => (
              <option key={address} value={String(address)}>
                {hex(address)}
                {index === 0 ? ` (${form.text('component.usual')})` : ''}
              </option>
            ))}
          </select>
        </>
      )}
      {row.options?.map((option) => (
        <OptionField
          key={`${settings.kind} ${option.key}`}
          option={option}
          value={settings.options[option.key] ?? option.standard}
          onChange={(value) => change({ ...settings, options: { ...settings.options, [option.key]: value } })}
        />
      ))}
      {row.gives && (
        <p class="millrace-component-gives">
          {form.text('component.gives', {
            values: row.gives.map(({ name, unit }) => (unit ? `${name} (${unit})` : name)).join(', '),
          })}
        </p>
      )}
      {about?.(settings, form).map((each) => (
        <p key={each} class="millrace-component-gives">
          {each}
        </p>
      ))}
      {row.note && <p class="millrace-component-note">{row.note}</p>}
      <div role="status" class="millrace-component-said">
        {wrong.map((each) => (
          <p key={each} class="millrace-warning">
            {each}
          </p>
        ))}
        {wrong.length === 0 && there && (
          <p class="millrace-component-there">{form.text('component.chipThere', { address: hex(there.address) })}</p>
        )}
        {wrong.length === 0 && onPin && (
          <p class="millrace-component-there">
            {form.text('component.pinThere', { pin: onPin.pin, what: onPin.what })}
          </p>
        )}
      </div>
    </div>
  );
}
