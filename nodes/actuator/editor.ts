import { defineDialog } from '../../editor/index.ts';
import { actuators, FORMAT } from './config.ts';
import { migrations } from './migrations.ts';

/** The saved settings in today's shape. */
const migrated = (saved: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  migrations.slice(Number(saved['format'] ?? 0)).reduce((held, migrate) => migrate(held), { ...saved });

const usualPin = (kind: string): string =>
  Object.entries(actuators).find(([key]) => key === kind)?.[1].pins[0]?.standard ?? '';

export const dialog = defineDialog({
  prepare(form) {
    const pin = form.field('pin');
    const [first] = migrated(form.node)['pins'] as string[];
    pin.value = first ?? usualPin(String(form.node['kind']));
    let usual: string | undefined;
    form.watch('kind', (kind) => {
      // A pin that the user has chosen is left alone.
      const next = usualPin(kind);
      if (usual !== undefined && pin.value === usual) pin.value = next;
      usual = next;
    });
  },
  save: (form) => ({ format: FORMAT, pins: [form.field('pin').value], pin: undefined }),
});
