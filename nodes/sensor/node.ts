import { newId } from '../../runtime/base/index.ts';
import type { Board, Measurement } from '../../runtime/devices/index.ts';
import { defineNode } from '../../runtime/node-red/index.ts';
import { config } from './config.ts';
import { migrations } from './migrations.ts';

export default defineNode({
  type: 'sensor',
  config,
  migrations,
  async setup(node) {
    const { name, kind, pins, address, options, period, topic } = node.settings;
    const board = (await node.shared<Board>(node.settings.board)) ?? (await node.services.boards.standard());

    const next = ({ time, value }: Measurement) => {
      const values = Object.entries(typeof value === 'object' ? value : { [node.name]: value });
      const numbers = values.filter((entry): entry is [string, number] => typeof entry[1] === 'number');
      const [first] = numbers;
      const rounded = first ? Number(first[1].toPrecision(4)) : typeof value === 'string' ? value.slice(0, 12) : '';
      node.status('ok', 'value', { value: rounded, unit: text });
      const channels = numbers.map(([each, last]) => ({ name: each, last, min: last, max: last }));
      if (channels.length > 0) node.show({ kind: 'readings', ...unit, channels });
      node.send({ payload: value, time, id: newId(), topic: topic || node.name, source: board.name, ...unit });
    };
    const waiting = () => node.status('waiting', 'waiting');
    const subscription = board.read(
      {
        holder: node.name,
        kind,
        pins,
        address,
        options,
        period: Math.round(period * 1000),
        ...(name && { label: name }),
      },
      { next, lost: (error) => node.fail(error), back: waiting },
    );
    const [text = ''] = subscription.units;
    const unit = text && subscription.units.every((each) => each === text) ? { unit: text } : {};
    waiting();

    return { close: () => subscription.close() };
  },
});
