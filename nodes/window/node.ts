import { readProperty, withProperty } from '../../runtime/messages/index.ts';
import { defineNode } from '../../runtime/node-red/index.ts';
import type { Sample } from '../../runtime/signal/index.ts';
import { config } from './config.ts';
import { progress } from './progress.ts';

export default defineNode({
  type: 'window',
  config,
  setup(node) {
    const { length, stride, rate, property } = node.settings;
    const channels = node.settings.channels.split(',').map((name) => name.trim());
    const window = node.services.signal.window({ length, stride, rate, channels: channels.filter(Boolean) });
    const say = progress(length, node.status);
    say.start();

    return {
      input(message, send) {
        const time = typeof message['time'] === 'number' ? message['time'] : node.services.clock.now();
        const payload = readProperty(message, property) as Sample['payload'];
        const full = window.push({ payload, time });
        say.next(window, full);
        if (full) send({ ...withProperty(message, property, full.payload), time: full.time, gaps: full.gaps });
      },
    };
  },
});
