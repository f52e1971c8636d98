import { defineDialog } from '../../editor/index.ts';
import { actuators, FORMAT } from './config.ts';
import { migrations } from './migrations.ts';

/** The saved settings in today's shape. */
const migrated = (saved: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  migrations.slice(Number(saved['format'] ?? 0)).reduce((held, migrate) => migrate(held), { ...saved });

const entryOf = (kind: string) => Object.entries(actuators).find(([key]) => key === kind)?.[1];
const usualPins = (kind: string): string => (entryOf(kind)?.pins ?? []).map(({ standard }) => standard).join(', ');
const listed = (text: string): string[] => (text.trim() === '' ? [] : text.split(',').map((pin) => pin.trim()));

/** Every kind of the catalogue, by groups. */
function fillKinds(select: HTMLInputElement, chosen: string): void {
  const groups = new Map<string, HTMLOptGroupElement>();
  for (const [kind, { group, label }] of Object.entries(actuators)) {
    const held = groups.get(group) ?? document.createElement('optgroup');
    held.label = group;
    held.append(new Option(label, kind, false, kind === chosen));
    groups.set(group, held);
  }
  select.replaceChildren(...groups.values());
}

export const dialog = defineDialog({
  prepare(form) {
    const saved = migrated(form.node);
    fillKinds(form.field('kind'), (saved['kind'] as string | undefined) ?? 'led');
    const pins = form.element('#actuator-pins') as HTMLInputElement;
    pins.value = ((saved['pins'] as string[] | undefined) ?? ['D13']).join(', ');
    let usual: string | undefined;
    form.watch('kind', (kind) => {
      // Pins that the user has chosen are left alone.
      const next = usualPins(kind);
      if (usual !== undefined && pins.value === usual) pins.value = next;
      usual = next;
      const entry = entryOf(kind);
      pins.placeholder = (entry?.pins ?? []).map(({ label }) => label).join(', ');
      pins.closest('.form-row')?.toggleAttribute('hidden', entry?.pins.length === 0);
      const told = [entry && form.text('tip.takes', { range: entry.range }), entry?.note];
      form.element('.form-tips').textContent = told.filter(Boolean).join(' ');
    });
  },
  save(form) {
    const kind = form.field('kind').value;
    const wires = entryOf(kind)?.pins.length ?? 0;
    const same = kind === form.node['kind'];
    return {
      format: FORMAT,
      pin: undefined,
      pins: wires === 0 ? [] : listed((form.element('#actuator-pins') as HTMLInputElement).value),
      // What another kind had means nothing to this one.
      ...(!same && { options: {}, address: 0 }),
    };
  },
});
