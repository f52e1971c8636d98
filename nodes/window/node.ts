import { readProperty, withProperty } from '../../runtime/messages/index.ts';
import { defineNode, type NodeMessage } from '../../runtime/node-red/index.ts';
import type { Window } from '../../runtime/signal/index.ts';
import { config } from './config.ts';
import { progress } from './progress.ts';
import { sampleOf } from './sample-of.ts';

export default defineNode({
  type: 'window',
  config,
  setup(node) {
    const { property, trigger, watch, level, direction, ...settings } = node.settings;
    const channels = settings.channels.split(',').map((name) => name.trim());
    const crossing = trigger === 'crossing' ? { channel: watch.trim(), level, direction } : undefined;
    const window = node.services.signal.window({ ...settings, crossing, channels: channels.filter(Boolean) });
    const say = progress(window, node);
    say.start();
    const byMessage = settings.cut === 'trigger' && trigger === 'message';

    const sent = ({ origin, payload, time, gaps, gapsAt, triggered }: Window): NodeMessage => ({
      ...withProperty(origin as NodeMessage, property, payload),
      ...{ time, gaps },
      ...(gaps > 0 && { gapsAt }),
      ...(triggered !== undefined && { triggered }),
    });

    return {
      input(message, send) {
        const payload = readProperty(message, property);
        const flagged = byMessage && message['trigger'] !== undefined && message['trigger'] !== false;
        if (flagged && typeof payload !== 'number' && (typeof payload !== 'object' || payload === null)) {
          window.trigger(typeof message['time'] === 'number' ? message['time'] : undefined);
          return;
        }
        const sample = sampleOf(message, { payload, flagged, now: node.services.clock.now });
        let full = window.push(sample);
        say.next(full);
        for (; full; full = window.next()) send(sent(full));
      },
    };
  },
});
