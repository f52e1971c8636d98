import { boardLine, defineDialog, rows } from '../../editor/index.ts';
import { CHANNEL_KINDS, channelKinds, config, mostRate } from './config.ts';

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
      // What belongs to the last: the next axis of its chip, or the next analog pin, whose voltage any sensor shows.
      add(held) {
        const last = held.at(-1);
        const kind = channelKinds[channelKinds.findIndex((each) => each === last?.['kind']) + 1];
        const name = `channel ${held.length + 1}`;
        const chip = CHANNEL_KINDS[kind ?? 'volts'].chip;
        if (kind && chip && CHANNEL_KINDS[last?.['kind'] as typeof kind].chip === chip) {
          return { name, pin: last?.['pin'] ?? '', kind };
        }
        return { name, pin: `A${Math.min(5, held.length)}`, kind: 'volts' };
      },
      // A chip is on the bus, not on a pin; what is on a pin has no address.
      complete(row) {
        const pin = typeof row['pin'] === 'string' ? row['pin'] : '';
        const onBus = CHANNEL_KINDS[row['kind'] as (typeof channelKinds)[number]]?.chip !== undefined;
        if (onBus && /^[ad]\d+$/i.test(pin.trim())) return { ...row, pin: '' };
        if (!onBus && /^(0x.*)?$/i.test(pin.trim())) return { ...row, pin: pin.trim() === '' ? pin : 'A0' };
        return row;
      },
    }),
  },
  prepare(form) {
    const most = form.element('[data-most]');
    const show = () => {
      const draft = config.safeParse(form.settings());
      // A row that is being written is not whole yet: what was said last stays.
      if (!draft.success) return;
      const { board, channels, rate } = draft.data;
      const bound = mostRate({ ...boardLine(board), channels });
      most.textContent = form.text(rate > bound ? 'most.slow' : 'most.can', { most: bound });
    };
    for (const name of ['board', 'rate']) form.watch(name, show);
    for (const event of ['input', 'change', 'click', 'keyup']) {
      form.element('[data-widget="channels"]').addEventListener(event, () => setTimeout(show));
    }
  },
});
