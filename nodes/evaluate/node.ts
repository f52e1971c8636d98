import type { ModelHold } from '../../runtime/inference/index.ts';
import { defineNode, modelWait, type NodeMessage, type Send } from '../../runtime/node-red/index.ts';
import { config } from './config.ts';
import { partsOf } from './parts.ts';
import { outcomeOf, tell } from './words.ts';

/** While pairs come the figures are made anew at most so often, ms. */
const SHOWN_EVERY = 1_000;

export default defineNode({
  type: 'evaluate',
  config,
  async setup(node) {
    const { clock, dataSets, learning } = node.services;
    const { model, challenger, dataSet, kept, pairs, seconds, property } = node.settings;
    const hold = await node.shared<ModelHold>(model);
    const other = await node.shared<ModelHold>(challenger);
    const wait = modelWait(node, hold);
    const live = learning.stream({ kept });
    let newest: NodeMessage = {};
    /** Pairs since the last message that left. */
    let since = 0;
    let showing: { cancel(): void } | undefined;

    const show = () => {
      showing = undefined;
      const report = live.report(clock.now());
      if (report) tell(node, report, live.waiting);
      else node.status('waiting', 'pending', { count: live.waiting });
    };
    const leave = (send: Send) => {
      const report = live.report(clock.now());
      since = 0;
      if (report) send({ ...newest, ...outcomeOf(report) });
    };
    const regularly = seconds > 0 ? clock.every(seconds * 1000, () => since > 0 && leave(node.send)) : undefined;
    if (!wait.say()) node.status('waiting', 'waiting');

    let measuring = false;
    const measure = async (message: NodeMessage, send: Send) => {
      if (hold?.awaited) return wait.take();
      // The one that is under way answers.
      if (measuring) return;
      measuring = true;
      try {
        await measured(message, send);
      } finally {
        measuring = false;
      }
    };
    const measured = async (message: NodeMessage, send: Send) => {
      const usable = (await dataSets.list()).filter(({ examples, problem }) => examples > 0 && !problem);
      const filled = usable.toSorted((a, b) => (b.changed ?? 0) - (a.changed ?? 0))[0]?.name;
      node.status('active', 'measuring');
      const report = await learning.evaluate({
        // '' is the example that ships.
        model: hold?.reference ?? '',
        dataSet: dataSet.trim() || (filled ?? 'examples'),
        ...(other && { challenger: other.reference }),
      });
      tell(node, report, 0);
      send({ ...message, ...outcomeOf(report) });
    };

    return {
      input(message, send) {
        const { id, prediction, truth } = partsOf(message, property);
        if (!prediction && truth === undefined) return measure(message, send);
        const before = live.model?.digest;
        const joined = live.joined;
        if (prediction) live.predicted(id, prediction.payload, prediction.model, truth);
        else if (truth !== undefined) live.truth(id, truth);
        // Another version answers: it is judged by what it says itself.
        if (live.model?.digest !== before) since = 0;
        newest = message;
        if (live.joined > joined) since++;
        showing ??= clock.after(SHOWN_EVERY, show);
        if (pairs > 0 && since >= pairs) leave(send);
        return undefined;
      },
      told() {
        // As a message would: what comes of it leaves the node.
        return measure({}, node.send);
      },
      close() {
        regularly?.cancel();
        showing?.cancel();
      },
    };
  },
});
