import { defineDialog } from '../../editor/index.ts';
import { FORMAT, sensors } from './config.ts';
import { migrations } from './migrations.ts';

/** The saved settings in today's shape. */
const migrated = (saved: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  migrations.slice(Number(saved['format'] ?? 0)).reduce((held, migrate) => migrate(held), { ...saved });

export const dialog = defineDialog({
  prepare(form) {
    const pin = form.element('#sensor-pin') as HTMLInputElement;
    pin.value = String((migrated(form.node)['pins'] as string[] | undefined)?.[0] ?? 'A3');
    let usual: string | undefined;
    form.watch('kind', (kind) => {
      form.show('period', sensors[kind]?.onChange !== true);
      // A pin that the user has chosen is left alone.
      const next = sensors[kind]?.pins[0]?.standard ?? '';
      if (usual !== undefined && pin.value === usual) pin.value = next;
      usual = next;
    });
  },
  save: (form) => ({
    pins: [(form.element('#sensor-pin') as HTMLInputElement).value],
    format: FORMAT,
    pin: undefined,
  }),
});
