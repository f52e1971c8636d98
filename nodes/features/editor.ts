import { defineDialog, rows } from '../../editor/index.ts';
import { config } from './config.ts';

const measures = config.shape.rows.unwrap().element.shape.measure.options;

export const dialog = defineDialog({
  widgets: {
    rows: rows({
      columns: [
        {
          key: 'measure',
          label: 'label.measure',
          type: 'choice',
          options: measures.map((value) => ({ value, label: `measure.${value}` })),
          width: 4,
        },
        { key: 'channels', label: 'label.channels', placeholder: 'placeholder.channels', width: 3 },
        {
          key: 'edges',
          label: 'label.edges',
          placeholder: 'placeholder.edges',
          width: 3,
          appliesTo: ({ measure }) => measure === 'bands',
        },
      ],
      add: () => ({ measure: 'rms', channels: '', edges: '' }),
      least: 1,
    }),
  },
  prepare(form) {
    form.watch('from', (from) => {
      form.show('model', from === 'model');
      form.show('rows', from === 'own');
    });
  },
});
