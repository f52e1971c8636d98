import { newId } from '../../runtime/base/index.ts';
import type { Board, Measurement } from '../../runtime/devices/index.ts';
import { defineNode } from '../../runtime/node-red/index.ts';
import { config, sensors } from './config.ts';
import { migrations } from './migrations.ts';

export default defineNode({
  type: 'sensor',
  config,
  migrations,
  async setup(node) {
    const { name, kind, pins, address, options, period, topic } = node.settings;
    node.status('waiting', 'connecting');
    const board = (await node.shared<Board>(node.settings.board)) ?? (await node.services.boards.standard());
    const gives = sensors[kind]?.gives ?? [];

    /** Readings by the name and unit of the table. */
    const readings = (value: Measurement['value']) =>
      gives.map((given) => ({ ...given, last: Number(typeof value === 'object' ? value[given.name] : value) }));

    const next = ({ time, value }: Measurement) => {
      const all = readings(value);
      const words = all.slice(0, 2).map(({ last, unit }) => `${Number(last.toPrecision(4))} ${unit}`.trim());
      // What lies outside is sent all the same: the flow decides. It is not shown as if it were well.
      const implausible = all.some(({ last, min = -Infinity, max = Infinity }) => last < min || last > max);
      if (implausible) node.status('warning', 'implausible', { value: words.join(' ') });
      else node.status('ok', 'value', { value: words.join(' ') });
      const channels = all.map(({ name: each, last }) => ({
        ...{ name: all.length === 1 ? node.name : each, last, min: last, max: last },
      }));
      node.show({ kind: 'readings', ...unit, channels });
      node.send({ payload: value, time, id: newId(), topic: topic || node.name, source: board.name, ...unit });
    };
    const waiting = () => node.status('waiting', 'waiting');
    let connecting = false;
    const subscription = board.read(
      {
        ...{ holder: node.name, kind, pins, address, options, period: Math.round(period * 1000) },
        ...(name && { label: name }),
      },
      { next, connecting: () => (connecting = true), lost: (error) => node.fail(error), back: waiting },
    );
    const [text = ''] = subscription.units;
    const unit = text && subscription.units.every((each) => each === text) ? { unit: text } : {};
    if (!connecting) waiting();

    return { close: () => subscription.close() };
  },
});
