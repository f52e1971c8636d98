import { defineDialog, rows } from '../../editor/index.ts';
import { channelKinds } from './config.ts';

export const dialog = defineDialog({
  widgets: {
    channels: rows({
      columns: [
        { key: 'name', label: 'label.channel', placeholder: 'placeholder.channel', width: 3 },
        { key: 'pin', label: 'label.pin', placeholder: 'placeholder.pin', width: 2 },
        {
          key: 'kind',
          label: 'label.kind',
          type: 'choice',
          options: channelKinds.map((value) => ({ value, label: `kind.${value}` })),
          width: 4,
        },
      ],
      least: 1,
      // The next analog pin, whose voltage any sensor shows.
      add: (held) => ({ name: `channel ${held.length + 1}`, pin: `A${Math.min(5, held.length)}`, kind: 'volts' }),
    }),
  },
});
