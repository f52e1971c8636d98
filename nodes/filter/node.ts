import { readProperty, withProperty } from '../../runtime/messages/index.ts';
import { defineNode, type NodeMessage } from '../../runtime/node-red/index.ts';
import type { FilteredReading, FilterReading } from '../../runtime/signal/index.ts';
import { config } from './config.ts';
import { createProgress } from './progress.ts';

const isWindow = (payload: unknown): boolean =>
  typeof payload === 'object' && payload !== null && Object.hasOwn(payload, 'data') && Object.hasOwn(payload, 'shape');

export default defineNode({
  type: 'filter',
  config,
  setup(node) {
    const { cutoff, upper, property, kind, ...settings } = node.settings;
    const { clock, signal } = node.services;
    const channels = settings.channels.split(',').map((name) => name.trim());
    const filter = signal.filter<NodeMessage>({
      ...{ ...settings, kind, channels: channels.filter(Boolean) },
      cutoffs: kind === 'band' || kind === 'stop' ? [cutoff, upper] : [cutoff],
    });
    const say = createProgress(filter, node);
    say.start();

    const sent = ({ origin, payload }: FilteredReading<NodeMessage>) => withProperty(origin, property, payload);

    return {
      input(message, send) {
        const payload = readProperty(message, property);
        if (isWindow(payload)) {
          const { gaps } = message;
          const filtered = filter.window(payload, typeof gaps === 'number' ? gaps : 0);
          say.window(payload, filtered, message);
          send(withProperty(message, property, filtered));
          return;
        }
        const time = typeof message['time'] === 'number' ? message['time'] : clock.now();
        const going = filter.reading({
          payload: payload as FilterReading<NodeMessage>['payload'],
          time,
          origin: message,
        });
        say.reading(going);
        for (const each of going) send(sent(each));
      },
      flush() {
        for (const each of filter.flush()) node.send(sent(each));
      },
      close(removed) {
        const last = removed ? node.send : node.leave;
        for (const each of filter.flush()) last(sent(each));
      },
    };
  },
});
