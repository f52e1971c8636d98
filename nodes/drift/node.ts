import type { ModelHold, WatchObservation } from '../../runtime/drift/index.ts';
import { driftCommand } from '../../runtime/messages/index.ts';
import { defineNode, modelWait, type NodeMessage, parseRequest, type Send } from '../../runtime/node-red/index.ts';
import { config } from './config.ts';
import { viewOf, wordsFor } from './words.ts';

export default defineNode({
  type: 'drift',
  config,
  async setup(node) {
    const hold = await node.shared<ModelHold>(node.settings.model);
    const wait = modelWait(node, hold);
    const { id, name, settings } = node;
    const { source, learn, falseAlarms, window, statistic, season, extend, property } = settings;
    const { data, prediction, performance, faults } = settings;
    /** What came last: an event that no message led to leaves as it would have. */
    let newest: NodeMessage = {};

    const say = (observations: readonly WatchObservation[], message: NodeMessage, send: Send) => {
      const events: NodeMessage[] = [];
      const unusual: NodeMessage[] = [];
      for (const { event, model, unusual: found } of observations) {
        // So that a broker shows to whoever comes later how it stands.
        if (event) events.push({ ...message, payload: event, ...(model && { model }), retain: true });
        if (found) unusual.push({ ...found.message, unusual: { score: found.score, why: found.why } });
      }
      const last = observations.at(-1);
      if (last) {
        node.status(...wordsFor(last.summary));
        node.show({ kind: 'drift', ...last.summary });
        node.warn(watch.trouble);
      }
      if (events.length > 0 || unusual.length > 0) send([events, unusual]);
    };

    const watch = node.services.drift.watch(
      {
        ...{ source, learn, falseAlarms, window, statistic, season, extend, property, model: hold?.current },
        questions: { data, prediction, performance, faults },
      },
      { id, name, heard: (observation) => say([observation], newest, node.send) },
    );
    const unlisten = hold?.onChange(() => {
      node.status('waiting', 'waiting');
      if (hold.current) say(watch.follow(hold.current), newest, node.send);
    });
    const before = await watch.restored();
    if (before) {
      node.status(...wordsFor(before));
      node.show({ kind: 'drift', ...viewOf(before) });
    } else if (!wait.say()) node.status('waiting', 'waiting');

    return {
      async input(message, send) {
        if (message['relearn'] === true) return say(watch.relearn(), message, send);
        if (message['report'] === true) return say(watch.report(), message, send);
        if (hold && !hold.current) return wait.take();
        newest = message;
        say(await watch.observe(message), message, send);
      },
      told(command) {
        parseRequest(driftCommand, command);
        say(watch.relearn(), newest, node.send);
      },
      async close(removed) {
        unlisten?.();
        await watch.close(removed);
      },
    };
  },
});
