import { readProperty, withProperty } from '../../runtime/messages/index.ts';
import { defineNode, modelWait } from '../../runtime/node-red/index.ts';
import type { FeatureMaker, PreparedRecipe } from '../../runtime/signal/index.ts';
import { config } from './config.ts';
import { migrations } from './migrations.ts';
import { createNewest } from './newest.ts';
import { previewOf } from './preview.ts';
import { type Chosen, sourceOf } from './source.ts';

/** A model that was chosen, and whoever wants to know when it is another version. */
interface Hold extends Chosen {
  readonly reference: string;
  onChange(listener: () => void): () => void;
}

export default defineNode({
  type: 'features',
  config,
  migrations,
  preview: previewOf,
  async setup(node) {
    const { clock, models, signal } = node.services;
    const { model, property } = node.settings;
    const hold = node.settings.from === 'model' ? await node.shared<Hold>(model) : undefined;
    const make = async () => signal.features(await sourceOf(node.settings, models, () => Promise.resolve(hold)));
    const wait = modelWait(node, hold);
    let features: FeatureMaker | undefined = wait.say() ? undefined : await make();
    // Another version may want other features.
    const unlisten = hold?.onChange(() => {
      void make().then(
        (made) => {
          if (!features) node.status('waiting', 'waiting');
          features = made;
        },
        (error: unknown) => node.fail(error),
      );
    });
    const newest = createNewest(clock);
    if (features) node.status('waiting', 'waiting');
    let used: PreparedRecipe | undefined;

    return {
      input(message, send) {
        const window = readProperty(message, property);
        newest.keep(window);
        if (!features) return wait.take();
        const { payload, recipe } = features.run(window);
        if (recipe !== used) {
          used = recipe;
          node.status('active', 'running', { count: recipe.featureNames.length });
        }
        send({ ...withProperty(message, property, payload), recipe: recipe.digest });
      },
      close: () => unlisten?.(),
      seen: () => newest.seen(used?.recipe.rate),
    };
  },
});
