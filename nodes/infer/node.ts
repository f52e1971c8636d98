import type { ModelHold, Prediction, Predictor } from '../../runtime/inference/index.ts';
import { readProperty, withProperty } from '../../runtime/messages/index.ts';
import { defineNode, modelWait, type NodeMessage, type Send } from '../../runtime/node-red/index.ts';
import { aliasMoves, isAliasMove } from './alias-moves.ts';
import { config } from './config.ts';
import { explainLast } from './explain-last.ts';
import { recipeWatch } from './recipe-watch.ts';
import { watchShadow } from './watch-shadow.ts';
import { picture, wordsFor } from './words.ts';

/** ms for which the node says that another version answers. */
const STAYS = 3000;

export default defineNode({
  type: 'infer',
  config,
  preview: explainLast,
  async setup(node) {
    const { inference, models, clock } = node.services;
    const { property, queue, answer } = node.settings;
    const chosen = await node.shared<ModelHold>(node.settings.model);
    let readUntil = -Infinity;
    /** A status that a person is to read, among predictions that come many times a second. */
    const news: typeof node.status = (...said) => {
      readUntil = clock.monotonic() + STAYS;
      node.status(...said);
    };
    const standard = chosen ? undefined : await models.hold('');
    const follower = await inference.follow(chosen ?? (standard as ModelHold), {
      policy: queue,
      raw: answer === 'tensors',
      switched: (predictor) => news('waiting', 'switched', { version: predictor.model.version }),
      failed: (error) => node.fail(error),
    });
    const wait = modelWait(node, chosen);
    const candidate = await node.shared<ModelHold>(node.settings.candidate);
    const shadow = await watchShadow(node, candidate);
    const moveAlias = aliasMoves(models, news, [chosen, candidate]);
    const watch = recipeWatch(node, () => follower.current);
    let last: unknown;
    if (follower.current) node.status('waiting', 'ready', { tier: follower.current.tier });
    else wait.say();

    const tell = (message: NodeMessage, send: Send, input: unknown, by: Predictor, made: Prediction) => {
      const { payload, features, latencyMs } = made;
      const { model, tier, why, dropped } = by;
      shadow?.compare(input, made);
      watch.see(message['recipe'], () => {
        if (clock.monotonic() >= readUntil) node.status('active', ...wordsFor(payload));
      });
      const beside = { ...(dropped > 0 && { dropped }), ...(shadow && { shadow: shadow.summary }) };
      node.show({ kind: 'prediction', model, latencyMs, tier, why, ...beside, ...picture(payload) });
      send({ ...withProperty(message, property, payload), model, latencyMs, ...(features && { features }) });
    };

    return {
      input(message, send) {
        if (isAliasMove(message)) return moveAlias(message);
        const predictor = follower.current;
        if (!predictor) return wait.take();
        const input = (last = readProperty(message, property));
        const made = predictor.ask(input);
        if (!(made instanceof Promise)) return tell(message, send, input, predictor, made);
        return made.then((later) => {
          if (later) tell(message, send, input, predictor, later);
          else node.status('warning', 'dropped', { count: predictor.dropped });
        });
      },
      seen() {
        const { current } = follower;
        return last === undefined || !current ? undefined : { explain: () => current.explain(last) };
      },
      async close() {
        await follower.close();
        await shadow?.close();
        standard?.close();
        watch.close();
      },
    };
  },
});
