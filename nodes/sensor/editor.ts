import { defineDialog } from '../../editor/index.ts';
import { sensors } from './config.ts';

export const dialog = defineDialog({
  prepare(form) {
    const pin = form.field('pin');
    let usual: string | undefined;
    form.watch('kind', (kind) => {
      form.show('period', sensors[kind]?.onChange !== true);
      // A pin that the user has chosen is left alone.
      const next = sensors[kind]?.pin ?? '';
      if (usual !== undefined && pin.value === usual) pin.value = next;
      usual = next;
    });
  },
});
