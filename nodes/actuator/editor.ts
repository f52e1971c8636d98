import { defineDialog } from '../../editor/index.ts';
import { actuators } from './config.ts';

export const dialog = defineDialog({
  prepare(form) {
    const pin = form.field('pin');
    let usual: string | undefined;
    form.watch('kind', (kind) => {
      // A pin that the user has chosen is left alone.
      const next = actuators[kind]?.pin ?? '';
      if (usual !== undefined && pin.value === usual) pin.value = next;
      usual = next;
    });
  },
});
