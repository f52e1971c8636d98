import { defineDialog } from '../../editor/index.ts';

export const dialog = defineDialog({
  prepare(form) {
    form.watch('source', (source) => {
      form.show('model', source === 'model');
      form.show('learn', source === 'stream');
    });
    const said = form.element('#drift-relearned');
    form.element('#drift-relearn').addEventListener('click', () => {
      said.textContent = '';
      form.tell({ do: 'relearn' }).then(
        () => (said.textContent = form.text('relearn.done')),
        () => (said.textContent = form.text('relearn.deploy')),
      );
    });
  },
});
