import type { Recorder } from '../../runtime/datasets/index.ts';
import { defineNode } from '../../runtime/node-red/index.ts';
import { config } from './config.ts';
import { progress } from './progress.ts';

const MEGABYTE = 1024 ** 2;

export default defineNode({
  type: 'record',
  config,
  async setup(node) {
    const { recording, format, size, files, start } = node.settings;
    const { recordings, clock } = node.services;
    const named = node.name === node.type ? `${node.type} ${node.id}` : node.name;
    const options = {
      ...{ name: recording.trim() || named, format, maxBytes: size * MEGABYTE, maxFiles: files },
      ...{ source: `the node "${node.name}"`, failed: node.fail },
    };
    let recorder: Recorder | undefined;
    const say = progress(clock, node.status, () => recorder?.state);

    /** One after the other: a stop may come while the file is being opened. */
    let turn: Promise<void> = Promise.resolve();
    const inTurn = (work: () => Promise<void>) => (turn = turn.catch(() => undefined).then(work));
    const begin = () =>
      inTurn(async () => {
        recorder ??= await recordings.record(options);
        say.recording();
      });
    const end = () =>
      inTurn(async () => {
        const ending = recorder;
        recorder = undefined;
        await ending?.close();
        say.stopped(ending?.state);
      });
    // Even if nothing can be recorded, messages go their way.
    if (start) await begin().catch(node.fail);
    else say.stopped(undefined);

    return {
      async input(message, send) {
        if (message['record'] === 'start') return begin();
        if (message['record'] === 'stop') return end();
        // What cannot be recorded goes its way all the same.
        send(message);
        recorder?.write(message);
        say.next();
      },
      async close() {
        say.close();
        await inTurn(async () => recorder?.close());
      },
    };
  },
});
