import { newId } from '../../runtime/base/index.ts';
import type { Board, Measurement } from '../../runtime/devices/index.ts';
import { defineNode } from '../../runtime/node-red/index.ts';
import { config } from './config.ts';

export default defineNode({
  type: 'sensor',
  config,
  async setup(node) {
    const { name, kind, pin, period, topic } = node.settings;
    const board = (await node.shared<Board>(node.settings.board)) ?? (await node.services.boards.standard());

    const next = ({ time, value }: Measurement) => {
      const rounded = Number(value.toPrecision(4));
      node.status('ok', 'value', { value: rounded, unit: text });
      node.show({ kind: 'readings', ...unit, channels: [{ name: node.name, last: value, min: value, max: value }] });
      node.send({ payload: value, time, id: newId(), topic: topic || node.name, source: board.name, ...unit });
    };
    const waiting = () => node.status('waiting', 'waiting');
    const subscription = board.read(
      { holder: node.name, kind, pin, period: Math.round(period * 1000), ...(name && { label: name }) },
      { next, lost: (error) => node.fail(error), back: waiting },
    );
    const [text = ''] = subscription.units;
    const unit = text ? { unit: text } : {};
    waiting();

    return { close: () => subscription.close() };
  },
});
