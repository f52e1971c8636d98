import { collectCommand, readProperty } from '../../runtime/messages/index.ts';
import { defineNode, parseRequest } from '../../runtime/node-red/index.ts';
import { config } from './config.ts';
import { progress } from './progress.ts';

/** ms after which a browser that no longer says that its button is held has gone. */
const RENEWED = 3_000;

export default defineNode({
  type: 'collect',
  config,
  setup(node) {
    const { labelProperty, property, labels, ...settings } = node.settings;
    const { clock, dataSets, signal } = node.services;
    const named = node.name === node.type ? 'examples' : node.name;
    const dataSet = settings.dataSet.trim() || named;
    const say = progress({ clock, node, dataSet, buttons: settings.from === 'buttons', state: () => collector.state });
    const collector = dataSets.collect({
      ...settings,
      ...{ dataSet, source: node.name, failed: node.fail, changed: say.soon },
      labels: labels.map(({ label }) => label).filter(Boolean),
      recipeText: (digest) => signal.knownRecipeText(digest),
    });
    say.soon();

    return {
      input(message, send) {
        const { collect } = message;
        if (collect === false || collect === 'stop') return collector.release();
        if (collect === true || typeof collect === 'string' || typeof collect === 'number') {
          return collector.hold(collect);
        }
        // What is no example goes its way all the same.
        send(message);
        const { time, source, group, recipe } = message;
        const payload = readProperty(message, property);
        collector.take({ payload, label: readProperty(message, labelProperty), time, source, group, recipe });
        say.soon();
      },
      told(command) {
        const { label } = parseRequest(collectCommand, command);
        if (label === null) collector.release();
        else collector.hold(label, RENEWED);
      },
      async close() {
        say.close();
        await collector.close();
      },
    };
  },
});
