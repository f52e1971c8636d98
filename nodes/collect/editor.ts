import { collecting, defineDialog, rows } from '../../editor/index.ts';

export const dialog = defineDialog({
  label: ({ dataSet }) => (typeof dataSet === 'string' && dataSet !== '' ? `collect ${dataSet}` : ''),
  widgets: {
    labels: collecting(
      rows({
        columns: [{ key: 'label', label: 'label.oneLabel', placeholder: 'placeholder.oneLabel' }],
        add: () => ({ label: '' }),
      }),
    ),
  },
  prepare(form) {
    form.watch('from', (from) => {
      form.show('labels', from === 'buttons');
      form.show('labelProperty', from === 'message');
      form.show('always', from === 'always');
      form.show('unlabelled', from !== 'always');
    });
  },
});
