import { newId } from '../../runtime/base/index.ts';
import { defineNode } from '../../runtime/node-red/index.ts';
import { config } from './config.ts';
import { channelsOf } from './channels.ts';
import { progress } from './progress.ts';

export default defineNode({
  type: 'replay',
  config,
  /** For the dialog: what there is to play, and how punctual the last messages were. */
  async preview(_draft, { services, behaviour }) {
    return { recordings: await services.recordings.list(), played: behaviour?.seen?.() };
  },
  async setup(node) {
    const { recording, speed, factor, loop, start, times, timeColumn, timeUnit, rate, topic } = node.settings;
    const { recordings, clock } = node.services;
    const replay = await recordings.replay(recording, {
      ...{ speed: speed === 'real' ? 1 : speed === 'factor' ? factor : speed, loop, times, timeUnit },
      ...(timeColumn !== '' && { timeColumn }),
      ...(rate > 0 && { rate }),
      room: node.relieved,
      changed: () => say.changed(),
      send(message) {
        const channels = channelsOf(message['payload']);
        if (channels) node.show({ kind: 'readings', channels });
        // Made anew by each reading of the recording: nobody else holds it.
        message['id'] ??= newId();
        if (topic !== '') message['topic'] = topic;
        node.send(message);
        say.next();
      },
    });
    const say = progress({ clock, replay, status: node.status, fail: node.fail });
    if (start) replay.start();
    else say.changed();

    return {
      input: ({ payload }) => replay.control(payload),
      seen: () => replay.state,
      async close() {
        say.close();
        await replay.close();
      },
    };
  },
});
