import { readProperty, withProperty } from '../../runtime/messages/index.ts';
import { defineNode, type NodeMessage } from '../../runtime/node-red/index.ts';
import type { Groomed, GroomReading } from '../../runtime/signal/index.ts';
import { config } from './config.ts';
import { createProgress } from './progress.ts';
import { stepsOf } from './steps-of.ts';

export default defineNode({
  type: 'groom',
  config,
  setup(node) {
    const { steps, report, property } = node.settings;
    const { clock, signal } = node.services;
    const groom = signal.groom<NodeMessage>(stepsOf(steps));
    const say = createProgress(groom, node);
    say.start();

    const sent = ({ origin, payload, time, unit, start }: Groomed<NodeMessage>): NodeMessage => {
      const message: NodeMessage = { ...withProperty(origin, property, payload), time };
      if (start !== undefined) message['start'] = start;
      if (typeof unit === 'string') message['unit'] = unit;
      // What no longer holds for every value is not passed on.
      if (unit === null) delete message['unit'];
      return message;
    };
    const counts = (): NodeMessage => ({ topic: node.name, time: clock.now(), payload: groom.counts });
    const reporting = report > 0 ? clock.every(report * 1000, () => node.send([undefined, counts()])) : undefined;

    return {
      input(message, send) {
        if (message['counts'] !== undefined && readProperty(message, property) === undefined) {
          send([undefined, { ...message, ...counts() }]);
          return;
        }
        const time = typeof message['time'] === 'number' ? message['time'] : clock.now();
        const payload = readProperty(message, property) as GroomReading['payload'];
        const going = groom.take({ payload, time, origin: message });
        say.next(message, going);
        for (const each of going) send([sent(each), undefined]);
      },
      flush() {
        for (const each of groom.flush()) node.send([sent(each), undefined]);
      },
      close(removed) {
        reporting?.cancel();
        const last = removed ? node.send : node.leave;
        for (const each of groom.flush()) last([sent(each), undefined]);
      },
    };
  },
});
