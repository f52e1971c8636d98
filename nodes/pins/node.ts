import { newId } from '../../runtime/base/index.ts';
import type { Board, Sample } from '../../runtime/devices/index.ts';
import { defineNode } from '../../runtime/node-red/index.ts';
import { config } from './config.ts';

/** ms over which the rate is measured. */
const MEASURED_OVER = 5000;
/** Share by which it may differ from what was asked for. */
const TOLERANCE = 0.03;
const tenths = (rate: number) => Math.round(rate * 10) / 10;

export default defineNode({
  type: 'pins',
  config,
  async setup(node) {
    const { channels, rate, topic } = node.settings;
    node.status('waiting', 'connecting');
    const board = (await node.shared<Board>(node.settings.board)) ?? (await node.services.boards.standard());

    let counted = 0;
    let since: number | undefined;
    let slow = false;
    /** Says so where the board's line does not carry what it was asked for. */
    const measure = (time: number) => {
      const passed = time - (since ?? time);
      counted++;
      if (since !== undefined && passed >= 0 && passed < MEASURED_OVER) return;
      const measured = ((counted - 1) * 1000) / passed;
      // A clock that was set, or a long gap, measures nothing.
      if (passed >= MEASURED_OVER && passed < 2 * MEASURED_OVER) {
        const wasSlow = slow;
        slow = measured < subscription.rate * (1 - TOLERANCE);
        if (slow) node.status('warning', 'slow', { measured: tenths(measured), rate: tenths(subscription.rate) });
        else if (wasSlow) running();
      }
      since = time;
      counted = 1;
    };

    const next = ({ time, values, missing }: Sample) => {
      measure(time);
      const payload = Object.fromEntries(channels.map(({ name }, index) => [name, values[index] ?? NaN]));
      const shown = channels.map(({ name }, index) => {
        const last = values[index] ?? NaN;
        return { name, last, min: last, max: last };
      });
      node.show({ kind: 'readings', ...unit, channels: shown });
      const gap = missing > 0 ? { missing } : {};
      node.send({ payload, time, id: newId(), topic: topic || node.name, source: board.name, ...unit, ...gap });
    };
    const running = () => node.status('ok', 'rate', { rate: tenths(subscription.rate) });
    let connecting = false;
    const subscription = board.sample(
      { holder: node.name, channels, rate },
      { next, connecting: () => (connecting = true), lost: (error) => node.fail(error), back: () => running() },
    );
    const [first] = subscription.units;
    const unit = first && subscription.units.every((each) => each === first) ? { unit: first } : {};
    if (!connecting) running();

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
