import { defineDialog } from '../../editor/index.ts';

export const dialog = defineDialog({
  prepare(form) {
    form.watch('source', (source) => {
      form.show('model', source === 'model');
      form.show('learn', source === 'stream');
    });
  },
});
