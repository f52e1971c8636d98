import { newId } from '../../runtime/base/index.ts';
import type { Board, Sample } from '../../runtime/devices/index.ts';
import { defineNode } from '../../runtime/node-red/index.ts';
import { config } from './config.ts';

export default defineNode({
  type: 'pins',
  config,
  async setup(node) {
    const { channels, rate, topic } = node.settings;
    const board = (await node.shared<Board>(node.settings.board)) ?? (await node.services.boards.standard());

    const next = ({ time, values, missing }: Sample) => {
      const payload = Object.fromEntries(channels.map(({ name }, index) => [name, values[index] ?? NaN]));
      const shown = channels.map(({ name }, index) => {
        const last = values[index] ?? NaN;
        return { name, last, min: last, max: last };
      });
      node.show({ kind: 'readings', ...unit, channels: shown });
      const gap = missing > 0 ? { missing } : {};
      node.send({ payload, time, id: newId(), topic: topic || node.name, source: board.name, ...unit, ...gap });
    };
    const running = () => node.status('ok', 'rate', { rate: Math.round(subscription.rate * 10) / 10 });
    const subscription = board.sample(
      { holder: node.name, channels, rate },
      { next, lost: (error) => node.fail(error), back: () => running() },
    );
    const [first] = subscription.units;
    const unit = first && subscription.units.every((each) => each === first) ? { unit: first } : {};
    running();

    return {
      async input({ world }) {
        if (world === undefined) return;
        const state = await board.setWorld(world);
        if (state) running();
        else node.status('warning', 'noWorld');
      },
      close: () => subscription.close(),
    };
  },
});
